
package io.github.zimagefiji.cli.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import ij.Prefs;
import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.ZImage;
import io.github.zimagefiji.dataset.output.Trees;

/**
 * Real runs of the built-in model: what is stopped, divided or merged gives the same bytes as what
 * is not.
 */
@Tag("process")
class DatasetSubcommandTest {

	private static final String RECIPE =
		String.join("\n", "name: cells", "seed: 7", "items: 6", "variants: 2",
			"prompt: {text: \"{count} round {colour} nuclei\", values: {colour: [green, white]}}",
			"sampling: {steps: 2}", "size: {width: 64, height: 64}",
			"labels: {objects: [{kind: nuclei, class: nucleus, count: [1, 3], radius: [6, 9]}]}",
			"splits: {train: 0.34, val: 0.33, test: 0.33}",
			"outputs: [tiff, cellpose, stardist, ome-tiff, ome-zarr, coco]",
			"quality: {min-iou: 0.3, retries: 1}");

	/**
	 * Of the recipe, and of the undisturbed run that others are compared with.
	 */
	@TempDir
	static Path shared;

	private static Path recipe;
	private static Path undisturbed;

	@TempDir
	Path folder;

	@BeforeAll
	static void makeAnUndisturbedRun() throws IOException {
		recipe = Files.writeString(shared.resolve("cells.yaml"), RECIPE);
		undisturbed = shared.resolve("undisturbed");
		final Call call = Call.of("dataset", recipe.toString(), "--output", undisturbed.toString());
		assertEquals(0, call.code(), call.err());
		assertTrue(call.out().contains("Made 6 of 6 items"), call.out());
	}

	private static void assertSame(final Path dataset) throws IOException {
		assertEquals(String.join("\n", Trees.digest(undisturbed)),
			String.join("\n", Trees.digest(dataset)));
	}

	private static long records(final Path dataset) throws IOException {
		if (!Files.isDirectory(dataset.resolve("records"))) return 0;
		try (Stream<Path> files = Files.list(dataset.resolve("records"))) {
			return files.filter(file -> file.toString().endsWith(".json")).count();
		}
	}

	@Test
	void whatIsKilledAndGoesOnIsTheSame() throws Exception {
		final Path killed = folder.resolve("killed");
		final Process process = ChildJvm.start(List.of(), ZImage.class, "dataset", recipe.toString(),
			"--output", killed.toString());
		while (process.isAlive() && records(killed) < 2)
			Thread.sleep(5);
		process.destroyForcibly().waitFor();
		final long done = records(killed);
		assertTrue(done >= 2 && done < 6, done + " items were done when the run was killed");
		Files.writeString(
			Files.createDirectories(killed.resolve("tiff/train/images")).resolve(".zimage-left.part"),
			"half");

		final Call again = Call.of("dataset", recipe.toString(), "--output", killed.toString());
		assertEquals(2, again.code());
		assertTrue(again.err().contains("--resume"), again.err());
		final Call resumed =
			Call.of("dataset", recipe.toString(), "--output", killed.toString(), "--resume");
		assertEquals(0, resumed.code(), resumed.err());
		assertTrue(resumed.out().contains("Made " + (6 - done) + " of 6 items"), resumed.out());
		assertSame(killed);
	}

	@Test
	void aSecondRunInTheSameFolderIsRefusedAndHarmsNothing() throws Exception {
		final Path both = folder.resolve("both");
		final Process process = ChildJvm.start(List.of(), ZImage.class, "dataset", recipe.toString(),
			"--output", both.toString());
		while (process.isAlive() && records(both) < 1)
			Thread.sleep(5);
		for (final String[] second : new String[][] {
			{ recipe.toString(), "--output", both.toString(), "--resume" },
			{ recipe.toString(), "--output", both.toString(), "--shard", "1/2" },
			{ "merge", "--output", both.toString() } })
		{
			final String[] args =
				Stream.concat(Stream.of("dataset"), Stream.of(second)).toArray(String[]::new);
			Call.of(args).refused("Another run is at work in the folder");
		}
		assertTrue(process.isAlive(), "all this was meanwhile");
		assertEquals(0, process.waitFor());
		assertSame(both);
	}

	@Test
	void shardsInOneFolderRunAtOnce() throws Exception {
		final Path both = folder.resolve("at once");
		final Process process = ChildJvm.start(List.of(), ZImage.class, "dataset", recipe.toString(),
			"--output", both.toString(), "--shard", "1/2");
		while (process.isAlive() && records(both) < 1)
			Thread.sleep(5);
		assertEquals(0,
			Call.of("dataset", recipe.toString(), "--output", both.toString(), "--shard", "2/2").code());
		assertEquals(0, process.waitFor());
		assertTrue(Files.notExists(both.resolve(".zimage-lock")));
		assertEquals(0, Call.of("dataset", "merge", "--output", both.toString()).code());
		assertSame(both);
	}

	@Test
	void imageJsByteOrderChangesNoByte() throws IOException {
		Prefs.intelByteOrder = !Prefs.intelByteOrder;
		try {
			final Path other = folder.resolve("other");
			assertEquals(0, Call.of("dataset", recipe.toString(), "--output", other.toString()).code());
			assertSame(other);
		}
		finally {
			Prefs.intelByteOrder = !Prefs.intelByteOrder;
		}
	}

	@Test
	void shardsAreMergedToTheSame() throws IOException {
		final Path one = folder.resolve("one");
		final Path two = folder.resolve("two");
		assertEquals(0,
			Call.of("dataset", recipe.toString(), "--output", one.toString(), "--shard", "1/2").code());
		assertEquals(3, records(one));
		final Path merged = folder.resolve("merged");
		final Call early = Call.of("dataset", "merge", "--output", merged.toString(), one.toString());
		assertEquals(2, early.code());
		assertTrue(early.err().contains("lacks the item cells-0001"), early.err());
		assertEquals(0,
			Call.of("dataset", recipe.toString(), "--output", two.toString(), "--shard", "2/2").code());
		final Call merge =
			Call.of("dataset", "merge", "--output", merged.toString(), one.toString(), two.toString());
		assertEquals(0, merge.code(), merge.err());
		assertSame(merged);
	}

	@Test
	void shardsInOneFolderNeedNoCopies() throws IOException {
		final Path both = folder.resolve("both");
		for (final String shard : List.of("2/2", "1/2"))
			assertEquals(0, Call
				.of("dataset", recipe.toString(), "--output", both.toString(), "--shard", shard).code());
		assertEquals(0, Call.of("dataset", "merge", "--output", both.toString()).code());
		assertSame(both);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aFullDiskLeavesWhatWasDoneAndCanBeGoneOnWith() throws Exception {
		// bash can limit the size of files; the largest, an image of 64 × 64 pixels
		// in colour, has more than 12 KB
		final Path full = folder.resolve("full");
		final Process process =
			ChildJvm.start(List.of("bash", "-c", "ulimit -f 12; exec \"$0\" \"$@\""), ZImage.class,
				"dataset", recipe.toString(), "--output", full.toString());
		final String output =
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(2, process.waitFor(), output);
		assertTrue(output.contains("could not be written: File too large") &&
			output.contains("go on with --resume"), output);
		assertEquals(0, records(full));
		assertEquals(0,
			Call.of("dataset", recipe.toString(), "--output", full.toString(), "--resume").code());
		assertSame(full);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void goingOnWithOtherInstructionSetsWarns() throws Exception {
		final Path half = folder.resolve("half");
		assertEquals(0,
			Call.of("dataset", recipe.toString(), "--output", half.toString(), "--shard", "1/2").code());
		final Process process = ChildJvm.start(List.of("env", "ATEN_CPU_CAPABILITY=default"),
			ZImage.class, "dataset", recipe.toString(), "--output", half.toString(), "--resume");
		final String output =
			new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), output);
		assertTrue(
			output.contains("Their pixels may differ") && output.contains("ATEN_CPU_CAPABILITY=default"),
			output);
		final List<String> rows = Files.readAllLines(half.resolve("manifest.csv"));
		assertFalse(rows.get(1).contains("ATEN_CPU_CAPABILITY=default"), rows.get(1));
		assertTrue(rows.get(2).contains("ATEN_CPU_CAPABILITY=default"), rows.get(2));
	}

	@Test
	void aDryRunTellsEverythingAndWritesNothing() throws IOException {
		final Call call = Call.of("dataset", recipe.toString(), "--dry-run", "--output",
			folder.resolve("dry").toString());
		assertEquals(0, call.code(), call.err());
		for (final String part : List.of("6 images of 64 × 64", "TRAIN=2, VAL=2, TEST=2",
			"Plan: SHA-256", "cells-0000", "MB on disk", "s for each image"))
			assertTrue(call.out().contains(part), call.out());
		assertFalse(Files.exists(folder.resolve("dry")));
	}

	@Test
	void thePlanIsWhatTheManifestTells() throws IOException {
		final Call call = Call.of("dataset", "plan", recipe.toString());
		final List<String> rows = Files.readAllLines(undisturbed.resolve("manifest.csv"));
		final List<String> lines = call.out().lines().toList();
		for (int i = 0; i < 6; i++) {
			final String[] planned = lines.get(i).split("\t");
			assertTrue(rows.get(i + 1).startsWith(planned[0] + "," + planned[1] + "," + planned[2] + ","),
				rows.get(i + 1));
			assertTrue(rows.get(i + 1).contains("," + planned[5] + ","), "labels' seed of " + planned[1]);
		}
	}

	@Test
	void refusesAFolderOfAnotherDataset() throws IOException {
		final Path other =
			Files.writeString(folder.resolve("other.yaml"), RECIPE.replace("seed: 7", "seed: 8"));
		final Call call =
			Call.of("dataset", other.toString(), "--output", undisturbed.toString(), "--resume");
		assertEquals(2, call.code());
		assertTrue(call.err().contains("holds another dataset"), call.err());
	}

	@Test
	void refusesAFolderWithOtherFiles() throws IOException {
		final Path notes = Files.writeString(folder.resolve("notes.txt"), "mine");
		final Call call = Call.of("dataset", recipe.toString(), "--output", folder.toString());
		assertEquals(2, call.code());
		assertTrue(call.err().contains("is not empty"), call.err());
		assertEquals("mine", Files.readString(notes));
	}

	@Test
	void refusesAModelWithoutTheNeededAbility() throws IOException {
		final Path wrong =
			Files.writeString(folder.resolve("wrong.yaml"), RECIPE + "\ncontrol: {network: .}\n");
		final Call call =
			Call.of("dataset", wrong.toString(), "--output", folder.resolve("out").toString());
		assertEquals(2, call.code(), call.err());
		assertFalse(Files.exists(folder.resolve("out")), "nothing is begun");
	}

	@Test
	void refusesARecipeWithItsLine() throws IOException {
		final Path wrong =
			Files.writeString(folder.resolve("wrong.yaml"), RECIPE.replace("items: 6", "items: 0"));
		final Call call =
			Call.of("dataset", wrong.toString(), "--output", folder.resolve("out").toString());
		assertEquals(2, call.code());
		assertTrue(call.err().contains("Line 3: "), call.err());
	}

	@Test
	void tellsWhatIsMissing() {
		assertTrue(Call.of("dataset").err().contains("Name a recipe"));
		assertTrue(Call.of("dataset", recipe.toString()).err().contains("--output"));
		assertTrue(
			Call.of("dataset", recipe.toString(), "--output", folder.toString(), "--shard", "3/2").err()
				.contains("no shard 3 of 2"));
		assertNotEquals(0, Call.of("dataset", "merge", "--output", folder.toString()).code());
	}
}
