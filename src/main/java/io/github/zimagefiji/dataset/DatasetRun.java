
package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.DatasetLock;
import io.github.zimagefiji.dataset.folder.ItemRecord;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;

/**
 * Makes a dataset in this process, item by item. A run that is killed at any moment loses at most
 * the item it was at, and one that goes on gives the same bytes as one that was never disturbed.
 */
public final class DatasetRun {

	private final DatasetDraft draft;
	private final Host host;
	private final ComputeOptions compute;

	/**
	 * A run.
	 *
	 * @param output the dataset's folder; made if necessary
	 * @throws InvalidInputException if the recipe's files cannot be used
	 */
	public DatasetRun(final Recipe recipe, final Path output, final Host host,
		final ComputeOptions compute)
	{
		draft = new DatasetDraft(recipe, output);
		this.host = host;
		this.compute = compute;
	}

	/**
	 * Allows the recipe to start the program that its section "segmentation" names. Call it only if
	 * the user knows the program: a recipe may come from others.
	 *
	 * @return this run
	 */
	public DatasetRun allowSegmentationCommand() {
		draft.allowSegmentationCommand();
		return this;
	}

	/**
	 * Makes the items that are not done; if that was the whole dataset, also manifest, datasheet and
	 * report.
	 *
	 * @param resume whether the output folder may hold a part of this dataset; always so for a shard
	 * @param warnings gets sentences for the user
	 * @return how many items were made now
	 * @throws InvalidInputException if the output folder holds something else, something cannot be
	 *           used, another run is at work in the folder, or the disk is full; items that are done
	 *           stay
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so; items that
	 *           are done stay
	 */
	public int run(final boolean resume, final Shard shard, final Progress progress,
		final Consumer<String> warnings)
	{
		draft.check(host, compute);
		final boolean whole = shard.equals(Shard.ALL);
		try (DatasetLock lock = draft.lock(!whole)) {
			draft.begin(resume || !whole);
			final int made = make(shard, lock, progress, warnings);
			lock.check(progress);
			if (whole) draft.complete();
			return made;
		}
	}

	private int make(final Shard shard, final DatasetLock lock, final Progress progress,
		final Consumer<String> warnings)
	{
		final List<Integer> missing = draft.missing(shard);
		draft.cautions().forEach(warnings);
		draft.diskWarning(missing.size()).ifPresent(warnings);
		final MachineWatch machines = draft.machines();
		final ItemWorker worker = draft.worker(host, compute, lock);
		for (int i = 0; i < missing.size(); i++) {
			progress.checkCanceled();
			final int index = missing.get(i);
			final ItemRecord record =
				worker.make(index, new ItemProgress(progress, i, missing.size(), draft.name(index)));
			machines.look(record.machine()).ifPresent(warnings);
		}
		return missing.size();
	}
}
