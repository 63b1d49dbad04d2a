
package io.github.zimagefiji.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Precision;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeReader;
import io.github.zimagefiji.pipeline.LocalHost;

/** Several workers at one dataset, as on a cluster. */
class ItemWorkerTest {

	private static final ComputeOptions COMPUTE = new ComputeOptions("cpu",
		Precision.FLOAT32, 1);
	private static final String RECIPE = String.join("\n", "name: cells",
		"seed: 7", "items: 4", "prompt: {text: \"{count} round green nuclei\"}",
		"sampling: {steps: 1}", "size: {width: 64, height: 64}",
		"labels: {objects: [{kind: nuclei, class: nucleus, count: [1, 3], radius: [6, 9]}]}",
		"splits: {train: 1}",
		"outputs: [tiff, cellpose, stardist, ome-tiff, ome-zarr, coco]");

	private static Host host;

	@TempDir
	Path folder;

	@BeforeAll
	static void openAHost() {
		host = new LocalHost();
	}

	@AfterAll
	static void closeIt() {
		host.close();
	}

	private DatasetDraft begin(final Path output) {
		final DatasetDraft draft = new DatasetDraft(recipe(), output);
		draft.open(host, COMPUTE, false);
		return draft;
	}

	private Recipe recipe() {
		return RecipeReader.read(RECIPE, folder);
	}

	@Test
	void workersAtTheSameItemsAtOnceGiveTheBytesOfOne() throws Exception {
		final Path alone = folder.resolve("alone");
		new DatasetRun(recipe(), alone, host, COMPUTE).run(false, Shard.ALL,
			Progress.NONE, warning -> {});
		final Path together = folder.resolve("together");
		final DatasetDraft draft = begin(together);
		final ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			final List<Future<?>> ends = new ArrayList<>();
			for (int worker = 0; worker < 3; worker++)
				ends.add(threads.submit(() -> makeAll(together, draft.identity())));
			for (final Future<?> end : ends)
				end.get();
		}
		finally {
			threads.shutdown();
		}
		draft.complete();
		assertEquals(String.join("\n", Trees.digest(alone)), String.join("\n", Trees
			.digest(together)));
	}

	/** With a model of its own, so that workers do not wait for each other. */
	private static void makeAll(final Path output, final String identity) {
		try (Host own = new LocalHost()) {
			final ItemWorker worker = ItemWorker.join(output, identity, false, own,
				COMPUTE);
			for (int i = 0; i < 4; i++)
				worker.make(i, Progress.NONE);
		}
	}

	@Test
	void whatIsDoneIsNotTouched() throws IOException {
		final Path output = folder.resolve("out");
		final ItemWorker worker = begin(output).worker(host, COMPUTE);
		final String machine = worker.make(2, Progress.NONE).machine();
		final Path image = output.resolve("tiff/train/images/cells-0002.tif");
		Files.writeString(image, "mine");
		assertEquals(machine, worker.make(2, Progress.NONE).machine());
		assertEquals("mine", Files.readString(image));
		assertEquals(List.of(0, 1, 3), new DatasetDraft(recipe(), output).missing(
			Shard.ALL));
	}

	@Test
	void aFolderThatIsNotSharedIsRefused() {
		final String identity = begin(folder.resolve("here")).identity();
		final InvalidInputException e = assertThrows(InvalidInputException.class,
			() -> ItemWorker.join(folder.resolve("there"), identity, false, host,
				COMPUTE));
		assertTrue(e.getMessage().contains("must be on a shared file system"), e
			.getMessage());
		assertFalse(Files.exists(folder.resolve("there")), "nothing is made");
	}

	@Test
	void sourceFilesThatAreOthersHereAreRefused() throws IOException {
		final Path output = folder.resolve("scenes");
		new DatasetRun(recipe(), output, host, COMPUTE).run(false, Shard.ALL,
			Progress.NONE, warning -> {});
		final Path labels = output.resolve("tiff/train/labels");
		final DatasetDraft draft = new DatasetDraft(RecipeReader.read(String.join(
			"\n", "name: again", "items: 4", "prompt: {text: round green nuclei}",
			"size: {width: 64, height: 64}", "labels: {source: folder, folder: \"" +
				labels + "\"}", "splits: {train: 1}", "outputs: [tiff]"), folder),
			folder.resolve("again"));
		draft.open(host, COMPUTE, false);
		ItemWorker.join(folder.resolve("again"), draft.identity(), false, host,
			COMPUTE);
		Files.copy(labels.resolve("cells-0000.tif"), labels.resolve("more.tif"));
		final InvalidInputException e = assertThrows(InvalidInputException.class,
			() -> ItemWorker.join(folder.resolve("again"), draft.identity(), false,
				host, COMPUTE));
		assertTrue(e.getMessage().contains("source images"), e.getMessage());
	}
}
