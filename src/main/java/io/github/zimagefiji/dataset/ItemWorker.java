
package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.Attempts;
import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.folder.DatasetLock;
import io.github.zimagefiji.dataset.folder.ItemRecord;
import io.github.zimagefiji.dataset.folder.RunMark;
import io.github.zimagefiji.dataset.output.Layout;
import io.github.zimagefiji.dataset.output.MadeItem;
import io.github.zimagefiji.dataset.plan.DatasetIdentity;
import io.github.zimagefiji.dataset.plan.ItemLabels;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.quality.Preview;
import io.github.zimagefiji.dataset.quality.Segmenter;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;

/**
 * Makes single items of a dataset and writes them into its folder: an item's files one after the
 * other, each in full or not at all, and its record last.
 * <p>
 * Several workers may be at work on one dataset, in threads, processes and machines that share the
 * folder, even on the same item at once: their temporary files have their own names, and on
 * machines of one kind both write the same bytes. A worker whose run has ended, or whose folder
 * another run has taken over, writes nothing any more.
 * </p>
 */
public final class ItemWorker {

	/** Items of which the report shows a picture. */
	private static final int PREVIEWS = 24;

	private final Recipe recipe;
	private final DatasetFolder folder;
	private final Plan plan;
	private final ItemMaker maker;
	private final RunMark mark;
	private final List<Layout> layouts;
	private final String processor = Machine.processor();

	/** @param mark of the run that this worker belongs to */
	ItemWorker(final Recipe recipe, final DatasetFolder folder, final Plan plan,
		final ItemMaker maker, final RunMark mark)
	{
		this.recipe = recipe;
		this.folder = folder;
		this.plan = plan;
		this.maker = maker;
		this.mark = mark;
		layouts = recipe.outputs().stream()
			.map(format -> Layout.of(format, () -> ItemLabels.of(recipe).classes())).toList();
	}

	/**
	 * Joins a dataset that was begun by another process, perhaps on another machine.
	 *
	 * @param output the dataset's folder as this machine sees it
	 * @param identity the dataset's, from {@link DatasetDraft#identity()}
	 * @param run the run that the worker belongs to, from {@link DatasetLock#run()}
	 * @param commandAllowed see {@link DatasetDraft#allowSegmentationCommand()}
	 * @throws InvalidInputException if the folder does not hold that dataset, or the recipe's files
	 *           are others here
	 */
	public static ItemWorker join(final Path output, final String identity, final String run,
		final boolean commandAllowed, final Host host, final ComputeOptions compute)
	{
		final DatasetFolder folder = new DatasetFolder(output);
		if (!folder.isBegun() || !folder.identity().equals(identity))
			throw new InvalidInputException("The dataset in " + output +
				" cannot be seen from here. Its folder must be on a shared file system, under the same path on all machines.");
		final Recipe recipe = folder.recipe();
		final ItemInputs materials = new ItemInputs(recipe);
		final String here = DatasetIdentity.of(recipe, materials.labels(), host);
		if (!here.equals(identity)) throw new InvalidInputException("The dataset in " + output +
			" cannot be made here: " + DatasetIdentity.difference(identity, here) +
			". The recipe's files must be on a shared file system, under the same path on all machines.");
		return new ItemWorker(recipe, folder, new Plan(recipe, materials.labels().names()),
			new ItemMaker(recipe, materials, host, compute,
				Segmenter.of(recipe.quality(), commandAllowed)),
			RunMark.of(output, run));
	}

	/**
	 * Makes an item and writes it, unless that is done already.
	 *
	 * @param index from 0
	 * @return the item's record
	 * @throws InvalidInputException if something cannot be used, the disk is full, or the run that
	 *           this worker belongs to has ended; items that are done stay
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so
	 */
	public ItemRecord make(final int index, final Progress progress) {
		final PlannedItem item = plan.item(index);
		mark.check(progress);
		if (folder.isDone(item.name())) return folder.record(item);
		final Attempts attempts = maker.make(item, progress);
		mark.check(progress);
		// another worker at the same item may have been faster; what is done need
		// not be touched
		if (folder.isDone(item.name())) return folder.record(item);
		final ItemRecord record = ItemRecord.of(recipe, item, attempts, processor);
		write(index, attempts, record);
		return record;
	}

	private void write(final int index, final Attempts attempts, final ItemRecord record) {
		final MadeItem item = attempts.item();
		try {
			if (index < PREVIEWS) Preview.write(folder.root(), item);
			if (attempts.accepted()) layouts.forEach(layout -> layout.write(item, folder.root()));
			folder.commit(record);
		}
		catch (final InvalidInputException e) {
			throw new InvalidInputException(
				e.getMessage() + " All items made before are kept; go on with --resume.", e);
		}
	}
}
