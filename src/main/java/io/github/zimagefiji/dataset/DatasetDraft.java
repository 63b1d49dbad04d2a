
package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.DatasetFinisher;
import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.folder.DatasetLock;
import io.github.zimagefiji.dataset.folder.DiskNeed;
import io.github.zimagefiji.dataset.plan.DatasetIdentity;
import io.github.zimagefiji.dataset.plan.LabelSurvey;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.quality.Segmenter;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;

/**
 * A dataset in the making, as who directs its making sees it: begins it in its folder, tells which
 * items are missing, and completes it. The items are made by {@link ItemWorker}s, here or on other
 * machines that share the folder.
 */
public final class DatasetDraft {

	private final Recipe recipe;
	private final DatasetFolder folder;
	private final ItemInputs materials;
	private final Plan plan;
	private boolean commandAllowed;
	private String identity;
	private List<String> cautions = List.of();

	/**
	 * A dataset; nothing is written yet.
	 *
	 * @param output the dataset's folder; made by {@link #lock} if necessary
	 * @throws InvalidInputException if the recipe's files cannot be used
	 */
	public DatasetDraft(final Recipe recipe, final Path output) {
		this.recipe = recipe;
		folder = new DatasetFolder(output);
		materials = new ItemInputs(recipe);
		plan = new Plan(recipe, materials.labels().names());
	}

	/**
	 * Allows the recipe to start the program that its section "segmentation" names. Call it only if
	 * the user knows the program: a recipe may come from others.
	 *
	 * @return this dataset
	 */
	public DatasetDraft allowSegmentationCommand() {
		commandAllowed = true;
		return this;
	}

	/** Whether {@link #allowSegmentationCommand} was called. */
	public boolean isSegmentationCommandAllowed() {
		return commandAllowed;
	}

	/**
	 * Looks at all that items are made from; nothing is written.
	 *
	 * @throws InvalidInputException if labels, model or settings cannot be used
	 */
	public void check(final Host host, final ComputeOptions compute) {
		final ItemMaker maker = new ItemMaker(recipe, materials, host, compute, segmenter());
		cautions =
			LabelSurvey.of(materials.labels(), materials.labels().names(), Progress.NONE).cautions();
		maker.check(plan.item(0));
		identity = DatasetIdentity.of(recipe, materials.labels(), host);
	}

	/**
	 * Keeps other runs out of the folder, which is made if necessary, until the lock is closed.
	 *
	 * @param shared whether shards may be at work there at the same time
	 * @throws InvalidInputException if another run is at work there
	 */
	public DatasetLock lock(final boolean shared) {
		return DatasetLock.of(folder.root(), shared);
	}

	/**
	 * Begins the dataset or goes on with it, once it was {@linkplain #check checked} and its folder
	 * {@linkplain #lock locked}.
	 *
	 * @param goOn whether the folder may hold a part of this dataset
	 * @throws InvalidInputException if the folder holds something else
	 */
	public void begin(final boolean goOn) {
		folder.open(recipe, identity, goOn);
	}

	/**
	 * Indices of the items of a part that are not done, rising.
	 *
	 * @throws InvalidInputException if the record of one that is done is damaged
	 */
	public List<Integer> missing(final Shard shard) {
		final List<Integer> missing = new ArrayList<>();
		for (int i = 0; i < plan.size(); i++) {
			if (!shard.has(i)) continue;
			if (folder.isDone(name(i))) folder.record(plan.item(i));
			else missing.add(i);
		}
		return missing;
	}

	/**
	 * Sentences on what looks wrong in the labels, once it was {@linkplain #check checked}.
	 */
	public List<String> cautions() {
		return cautions;
	}

	/** A sentence if the disk has less room than a number of items takes. */
	public Optional<String> diskWarning(final int items) {
		return DiskNeed.warning(recipe, items, folder.root());
	}

	/**
	 * What the items that are done were made on; others are to be compared with it.
	 */
	public MachineWatch machines() {
		for (int i = 0; i < plan.size(); i++) {
			if (folder.isDone(name(i))) return new MachineWatch(folder.record(plan.item(i)).machine());
		}
		return new MachineWatch(null);
	}

	/** Makes items in this process, as long as the folder is locked. */
	public ItemWorker worker(final Host host, final ComputeOptions compute, final DatasetLock lock) {
		return new ItemWorker(recipe, folder, plan,
			new ItemMaker(recipe, materials, host, compute, segmenter()), lock.mark());
	}

	private Segmenter segmenter() {
		return Segmenter.of(recipe.quality(), commandAllowed);
	}

	/**
	 * What tells the dataset from all others, once it was {@linkplain #check checked};
	 * {@link ItemWorker#join} asks for it.
	 */
	public String identity() {
		return identity;
	}

	/** What an item's files are called, without an ending. */
	public String name(final int index) {
		return plan.item(index).name();
	}

	/**
	 * Writes COCO's files, manifest, datasheet and report, and removes what killed runs have left.
	 * All workers must have ended.
	 *
	 * @throws InvalidInputException if an item is not done, or a file cannot be written
	 */
	public void complete() {
		new DatasetFinisher(folder, recipe, plan).write();
	}
}
