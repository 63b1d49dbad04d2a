
package io.github.zimagefiji.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.DatasetRun;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/**
 * A small dataset of all outputs, with items that are tried again and rejected, and the same made
 * by one process.
 */
record Sample(Path recipe, int items, Path oneMachine) {

	static final String RECIPE =
		String.join("\n", "name: cells", "seed: 7", "items: ITEMS", "variants: 2",
			"prompt: {text: \"{count} round {colour} nuclei\", values: {colour: [green, white]}}",
			"sampling: {steps: 2}", "size: {width: 64, height: 64}",
			"labels: {objects: [{kind: nuclei, class: nucleus, count: [1, 3], radius: [6, 9]}]}",
			"splits: {train: 0.5, val: 0.25, test: 0.25}",
			"outputs: [tiff, cellpose, stardist, ome-tiff, ome-zarr, coco]",
			"quality: {min-iou: 0.3, retries: 1}");

	/** Makes it by one process. */
	static Sample make(final Path folder, final int items) throws IOException {
		final Path recipe = Files.writeString(folder.resolve("cells.yaml"),
			RECIPE.replace("ITEMS", String.valueOf(items)));
		final Path output = folder.resolve("one-machine");
		try (Host host = new LocalHost()) {
			final int made = new DatasetRun(RecipeReader.read(recipe), output, host,
				new ComputeOptions("auto", Precision.FLOAT32, 1))
				.run(false, Shard.ALL, Progress.NONE, warning -> {});
			assertEquals(items, made);
		}
		return new Sample(recipe, items, output);
	}

	/** Compares the names and the bytes of all files. */
	void assertSame(final Path dataset) throws IOException {
		assertEquals(text(oneMachine), text(dataset));
	}

	private static String text(final Path folder) throws IOException {
		final Map<String, String> digests = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.filter(Files::isRegularFile).toList())
				digests.put(folder.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
		}
		return digests.toString().replace(", ", "\n");
	}

	/** How many items of a dataset are done; 0 if it was not begun. */
	static int done(final Path dataset) {
		final String[] records =
			dataset.resolve("records").toFile().list((folder, name) -> name.endsWith(".json"));
		return records == null ? 0 : records.length;
	}
}
