
package io.github.zimagefiji.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.dataset.DatasetRun;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/**
 * The job in Spark's local mode with two threads, which share this process's model.
 */
class LocalModeTest {

	@TempDir
	static Path shared;

	private static Sample sample;

	@TempDir
	Path folder;

	@BeforeAll
	static void makeTheSame() throws IOException {
		System.setProperty("spark.master", "local[2]");
		System.setProperty("spark.ui.enabled", "false");
		sample = Sample.make(shared, 8);
	}

	@AfterAll
	static void forgetTheSettings() {
		System.clearProperty("spark.master");
		System.clearProperty("spark.ui.enabled");
	}

	@Test
	void givesTheBytesOfOneMachine() throws IOException {
		final Path output = folder.resolve("out");
		final Call call = Call.of(sample.recipe(), "--output", output);
		assertEquals(0, call.code(), call.err());
		assertTrue(call.out().contains("Made 8 of 8 items"), call.out());
		assertTrue(call.err().contains("of 8 items, 1 executor"), call.err());
		sample.assertSame(output);
	}

	@Test
	void goesOnWithWhatIsThere() throws IOException {
		final Path output = folder.resolve("out");
		copyUnfinished(sample.oneMachine(), output, "cells-0003");
		Call.of(sample.recipe(), "--output", output).refused("holds this dataset already", "--resume");
		final Call call = Call.of(sample.recipe(), "--output", output, "--resume");
		assertEquals(0, call.code(), call.err());
		assertTrue(call.out().contains("Made 1 of 8 items"), call.out());
		sample.assertSame(output);
		assertTrue(
			Call.of(sample.recipe(), "--output", output, "--resume").out().contains("Made 0 of 8 items"));
	}

	/** A dataset that lacks an item's record, and has a half-written file. */
	private static void copyUnfinished(final Path from, final Path to, final String missing)
		throws IOException
	{
		try (Stream<Path> files = Files.walk(from)) {
			for (final Path file : files.toList())
				Files.copy(file, to.resolve(from.relativize(file).toString()));
		}
		Files.delete(to.resolve("records/" + missing + ".json"));
		Files.writeString(to.resolve("tiff/train/images/.zimage-left.part"), "half");
	}

	@Test
	void warnsOfAnotherProcessor() throws IOException {
		final Path output = folder.resolve("out");
		copyUnfinished(sample.oneMachine(), output, "cells-0003");
		final Path record = output.resolve("records/cells-0000.json");
		Files.writeString(record,
			Files.readString(record).replaceFirst("\"processor\":\"[^\"]*\"", "\"processor\":\"other\""));
		final Call call = Call.of(sample.recipe(), "--output", output, "--resume");
		assertEquals(0, call.code(), call.err());
		assertTrue(call.err().contains("zimage: The items that are done were made on \"other"),
			call.err());
	}

	@Test
	void refusesAFolderWithAnotherDataset() throws IOException {
		final Path other = Files.writeString(folder.resolve("other.yaml"),
			Files.readString(sample.recipe()).replace("seed: 7", "seed: 8"));
		Call.of(other, "--output", sample.oneMachine(), "--resume").refused("holds another dataset");
	}

	@Test
	void refusesABrokenRecipeWithItsLine() throws IOException {
		final Path broken = Files.writeString(folder.resolve("broken.yaml"),
			Files.readString(sample.recipe()).replace("items: 8", "items: 0"));
		Call.of(broken, "--output", folder.resolve("out")).refused("Line 3: ");
		assertFalse(Files.exists(folder.resolve("out")), "nothing is begun");
	}

	@Test
	void labelImagesThatTheRecipeNamesAreReadByTheExecutor() throws IOException {
		final Path labels = Files.createDirectories(folder.resolve("labels"));
		try (Stream<Path> files = Files.list(sample.oneMachine().resolve("tiff/train/labels"))) {
			for (final Path file : files.toList())
				Files.copy(file, labels.resolve(file.getFileName()));
		}
		final Path recipe = Files.writeString(folder.resolve("folder.yaml"),
			String.join("\n", "name: again", "items: 4", "prompt: {text: round green nuclei}",
				"sampling: {steps: 1}", "size: {width: 64, height: 64}",
				"labels: {source: folder, folder: labels}", "splits: {train: 1}", "outputs: [tiff]"));
		final Call call = Call.of(recipe, "--output", folder.resolve("out"));
		assertEquals(0, call.code(), call.err());
		assertEquals(4, Sample.done(folder.resolve("out")));
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aFullDiskIsToldOnceAndCanBeGoneOnWith() throws Exception {
		// bash can limit the size of files; the largest, an image of 64 × 64 pixels
		// in colour, has more than 12 KB
		final Path output = folder.resolve("full");
		final Process process =
			driver(List.of("bash", "-c", "ulimit -f 12; exec \"$0\" \"$@\""), sample.recipe(), output);
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(2, process.waitFor(), said);
		assertEquals(1, said.lines().filter(line -> line.startsWith("zimage: ")).count(), said);
		assertTrue(
			said.contains("could not be written: File too large") && said.contains("go on with --resume"),
			said);
		assertEquals(0, Sample.done(output));
		assertEquals(0, Call.of(sample.recipe(), "--output", output, "--resume").code());
		sample.assertSame(output);
	}

	/** The job in a process of its own; both streams come out as one. */
	private static Process driver(final List<String> before, final Path recipe, final Path output)
		throws IOException
	{
		final List<String> command = new ArrayList<>(before);
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Xmx512m", "-Dspark.master=local[2]", "-Dspark.ui.enabled=false",
			"-Dzimage.cache=" + System.getProperty("zimage.cache")));
		command.addAll(SparkProcess.SHORT_LIVED);
		command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
		command.addAll(List.of("-cp",
			System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
			DatasetJob.class.getName(), recipe.toString(), "--output", output.toString()));
		return new ProcessBuilder(command).redirectErrorStream(true).start();
	}

	@Test
	void otherRunsAreKeptOutOfItsFolder() throws Exception {
		final Path recipe = Files.writeString(folder.resolve("many.yaml"),
			Files.readString(sample.recipe()).replace("items: 8", "items: 40"));
		final Path output = folder.resolve("both");
		final Process process = driver(List.of(), recipe, output);
		final CompletableFuture<String> said = CompletableFuture.supplyAsync(() -> new BufferedReader(
			new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).lines()
			.collect(Collectors.joining("\n")));
		while (process.isAlive() && Sample.done(output) < 1)
			Thread.sleep(5);
		Call.of(recipe, "--output", output, "--resume")
			.refused("Another run is at work in the folder " + output);
		try (Host host = new LocalHost()) {
			final DatasetRun here = new DatasetRun(RecipeReader.read(recipe), output, host,
				new ComputeOptions("auto", Precision.FLOAT32, 1));
			for (final Shard shard : List.of(Shard.ALL, new Shard(1, 2))) {
				final String message = assertThrows(InvalidInputException.class,
					() -> here.run(true, shard, Progress.NONE, warning -> {})).getMessage();
				assertTrue(message.startsWith("Another run is at work in the folder"), message);
			}
		}
		assertTrue(process.isAlive(), "all this was meanwhile");
		assertEquals(0, process.waitFor(), said.get());
		assertTrue(said.get().contains("Made 40 of 40 items"), said.get());
		assertFalse(Files.exists(output.resolve(".zimage-lock")));
		assertFalse(Files.exists(output.resolve(".zimage-run")));
	}

	@Test
	void aKilledRunIsKnownByItsMarkAndCanBeResumed() throws Exception {
		final Path output = folder.resolve("killed");
		final Process process = driver(List.of(), sample.recipe(), output);
		while (process.isAlive() && Sample.done(output) < 1)
			Thread.sleep(5);
		process.destroyForcibly().waitFor();
		assertTrue(Files.exists(output.resolve(".zimage-run")));
		final Call call = Call.of(sample.recipe(), "--output", output, "--resume");
		assertEquals(0, call.code(), call.err());
		sample.assertSame(output);
	}

	@Test
	void endsWhenItIsCancelled() {
		final Cancellation cancellation = new Cancellation();
		cancellation.cancel();
		final Call call = Call.of(cancellation, sample.recipe(), "--output", folder.resolve("out"));
		assertEquals(130, call.code(), call.err());
	}
}
