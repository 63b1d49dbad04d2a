package io.github.zimagefiji.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.cli.Cancellation;

/** The job in Spark's local mode with two threads, which share this process's model. */
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
		assertTrue(Call.of(sample.recipe(), "--output", output, "--resume").out().contains("Made 0 of 8 items"));
	}

	/** A dataset that lacks an item's record, and has a half-written file. */
	private static void copyUnfinished(final Path from, final Path to, final String missing) throws IOException {
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
		Files.writeString(record, Files.readString(record).replaceFirst("\"processor\":\"[^\"]*\"", "\"processor\":\"other\""));
		final Call call = Call.of(sample.recipe(), "--output", output, "--resume");
		assertEquals(0, call.code(), call.err());
		assertTrue(call.err().contains("zimage: The items that are done were made on \"other"), call.err());
	}

	@Test
	void refusesAFolderWithAnotherDataset() throws IOException {
		final Path other = Files.writeString(folder.resolve("other.yaml"), Files.readString(sample.recipe()).replace("seed: 7",
			"seed: 8"));
		Call.of(other, "--output", sample.oneMachine(), "--resume").refused("holds another dataset");
	}

	@Test
	void refusesABrokenRecipeWithItsLine() throws IOException {
		final Path broken = Files.writeString(folder.resolve("broken.yaml"), Files.readString(sample.recipe()).replace("items: 8",
			"items: 0"));
		Call.of(broken, "--output", folder.resolve("out")).refused("Line 3: ");
		assertFalse(Files.exists(folder.resolve("out")), "nothing is begun");
	}

	@Test
	void endsWhenItIsCancelled() {
		final Cancellation cancellation = new Cancellation();
		cancellation.cancel();
		final Call call = Call.of(cancellation, sample.recipe(), "--output", folder.resolve("out"));
		assertEquals(130, call.code(), call.err());
	}
}
