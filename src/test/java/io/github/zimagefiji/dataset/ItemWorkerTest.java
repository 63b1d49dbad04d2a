
package io.github.zimagefiji.dataset;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.dataset.folder.DatasetLock;
import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.pipeline.host.LocalHost;

/** Several workers at one dataset, as on a cluster. */
@Tag("engine")
class ItemWorkerTest {

	private static final String RECIPE = String.join("\n", "name: cells", "seed: 7", "items: 4",
		"prompt: {text: \"{count} round green nuclei\"}", "sampling: {steps: 1}",
		"size: {width: 64, height: 64}",
		"labels: {objects: [{kind: nuclei, class: nucleus, count: [1, 3], radius: [6, 9]}]}",
		"splits: {train: 1}", "outputs: [tiff, cellpose, stardist, ome-tiff, ome-zarr, coco]");

	private static Host host;

	private final List<DatasetLock> locks = new ArrayList<>();

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

	/** A dataset that is begun, and its locked folder. */
	private record Begun(DatasetDraft draft, DatasetLock lock) {

		ItemWorker join(final Path output, final Host own) {
			return ItemWorker.join(output, draft.identity(), lock.run(), false, own, FLOAT32);
		}
	}

	private Begun begin(final Recipe made, final Path output) {
		final DatasetDraft draft = new DatasetDraft(made, output);
		draft.check(host, FLOAT32);
		locks.add(draft.lock(false));
		draft.begin(false);
		return new Begun(draft, locks.get(locks.size() - 1));
	}

	private Begun begin(final Path output) {
		return begin(recipe(), output);
	}

	@AfterEach
	void unlock() {
		locks.forEach(DatasetLock::close);
	}

	private Recipe recipe() {
		return RecipeReader.read(RECIPE, folder);
	}

	@Test
	void workersAtTheSameItemsAtOnceGiveTheBytesOfOne() throws Exception {
		final Path alone = folder.resolve("alone");
		new DatasetRun(recipe(), alone, host, FLOAT32).run(false, Shard.ALL, Progress.NONE,
			warning -> {});
		final Path together = folder.resolve("together");
		final Begun begun = begin(together);
		final ExecutorService threads = Executors.newFixedThreadPool(3);
		try {
			final List<Future<?>> ends = new ArrayList<>();
			for (int worker = 0; worker < 3; worker++)
				ends.add(threads.submit(() -> makeAll(together, begun)));
			for (final Future<?> end : ends)
				end.get();
		}
		finally {
			threads.shutdown();
		}
		begun.draft.complete();
		begun.lock.close();
		assertEquals(String.join("\n", Trees.digest(alone)), String.join("\n", Trees.digest(together)));
	}

	/** With a model of its own, so that workers do not wait for each other. */
	private static void makeAll(final Path output, final Begun begun) {
		try (Host own = new LocalHost()) {
			final ItemWorker worker = begun.join(output, own);
			for (int i = 0; i < 4; i++)
				worker.make(i, Progress.NONE);
		}
	}

	@Test
	void whatIsDoneIsNotTouched() throws IOException {
		final Path output = folder.resolve("out");
		final Begun begun = begin(output);
		final ItemWorker worker = begun.draft.worker(host, FLOAT32, begun.lock);
		final String machine = worker.make(2, Progress.NONE).machine();
		final Path image = output.resolve("tiff/train/images/cells-0002.tif");
		Files.writeString(image, "mine");
		assertEquals(machine, worker.make(2, Progress.NONE).machine());
		assertEquals("mine", Files.readString(image));
		assertEquals(List.of(0, 1, 3), new DatasetDraft(recipe(), output).missing(Shard.ALL));
	}

	@Test
	void aFolderThatIsNotSharedIsRefused() {
		final Begun begun = begin(folder.resolve("here"));
		assertRefused(() -> begun.join(folder.resolve("there"), host),
			"must be on a shared file system");
		assertFalse(Files.exists(folder.resolve("there")), "nothing is made");
	}

	@Test
	void sourceFilesThatAreOthersHereAreRefused() throws IOException {
		final Path output = folder.resolve("scenes");
		new DatasetRun(recipe(), output, host, FLOAT32).run(false, Shard.ALL, Progress.NONE,
			warning -> {});
		final Path labels = output.resolve("tiff/train/labels");
		final Begun begun = begin(RecipeReader
			.read(String.join("\n", "name: again", "items: 4", "prompt: {text: round green nuclei}",
				"size: {width: 64, height: 64}", "labels: {source: folder, folder: \"" + labels + "\"}",
				"splits: {train: 1}", "outputs: [tiff]"), folder),
			folder.resolve("again"));
		begun.join(folder.resolve("again"), host);
		Files.copy(labels.resolve("cells-0000.tif"), labels.resolve("more.tif"));
		assertRefused(() -> begun.join(folder.resolve("again"), host), "source images");
	}

	@Test
	void aWorkerWhoseRunHasEndedWritesNothing() throws IOException {
		final Path output = folder.resolve("out");
		final Begun begun = begin(output);
		final ItemWorker worker = begun.join(output, host);
		worker.make(0, Progress.NONE);
		begun.lock.close();
		assertWritesNothing(worker, output);
		// nor when another run has begun in the folder
		final DatasetDraft other = new DatasetDraft(recipe(), output);
		other.check(host, FLOAT32);
		locks.add(other.lock(false));
		other.begin(true);
		assertWritesNothing(worker, output);
		other.worker(host, FLOAT32, locks.get(1)).make(1, Progress.NONE);
		assertEquals(List.of(2, 3), other.missing(Shard.ALL));
	}

	/**
	 * It waits for its run's mark, as on a network drive, until it is stopped.
	 */
	private static void assertWritesNothing(final ItemWorker worker, final Path output)
		throws IOException
	{
		final List<String> before = Trees.digest(output);
		assertThrows(RunCanceledException.class,
			() -> worker.make(3, new RecordingProgress((stage, fraction, message) -> {
				throw new AssertionError("an item is made");
			}, () -> true)));
		assertEquals(before, Trees.digest(output));
	}
}
