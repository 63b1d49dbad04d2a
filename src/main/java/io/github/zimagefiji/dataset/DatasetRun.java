package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.output.Layout;
import io.github.zimagefiji.dataset.output.MadeItem;
import io.github.zimagefiji.dataset.quality.Preview;
import io.github.zimagefiji.dataset.recipe.Recipe;

/**
 * Makes a dataset, item by item. An item's files are written one after the other, each in full or not at all, and its record
 * last; so a run that is killed at any moment loses at most the item it was at, and one that goes on gives the same bytes as
 * one that was never disturbed.
 */
public final class DatasetRun {

	/** Items of which the report shows a picture. */
	private static final int PREVIEWS = 24;

	private final Recipe recipe;
	private final DatasetFolder folder;
	private final Host host;
	private final ComputeOptions compute;
	private final Materials materials;
	private final Plan plan;
	private final List<Layout> layouts;

	/**
	 * A run.
	 *
	 * @param output the dataset's folder; made if necessary
	 * @throws InvalidInputException if the recipe's files cannot be used
	 */
	public DatasetRun(final Recipe recipe, final Path output, final Host host, final ComputeOptions compute) {
		this.recipe = recipe;
		this.host = host;
		this.compute = compute;
		folder = new DatasetFolder(output);
		materials = new Materials(recipe);
		plan = new Plan(recipe, materials.files().names());
		layouts = recipe.outputs().stream().map(Layout::of).toList();
	}

	/**
	 * Makes the items that are not done; if that was the whole dataset, also manifest, datasheet and report.
	 *
	 * @param resume whether the output folder may hold a part of this dataset; always so for a shard
	 * @param warnings gets sentences for the person
	 * @return how many items were made now
	 * @throws InvalidInputException if the output folder holds something else, something cannot be used, or the disk is full;
	 *           items that are done stay
	 * @throws io.github.zimagefiji.RunCanceledException if {@code progress} said so; items that are done stay
	 */
	public int run(final boolean resume, final Shard shard, final Progress progress, final Consumer<String> warnings) {
		materials.files().names().forEach(materials.files()::read);
		new ItemMaker(recipe, materials, host, compute).check(plan.item(0));
		folder.open(recipe, DatasetIdentity.of(recipe, materials.files(), host), resume || !shard.equals(Shard.ALL));
		final List<Integer> missing = new ArrayList<>();
		ItemRecord earlier = null;
		for (int i = 0; i < plan.size(); i++) {
			final String name = plan.item(i).name();
			final boolean done = folder.isDone(name);
			if (done && earlier == null) earlier = folder.record(name);
			if (!done && shard.has(i)) missing.add(i);
		}
		DiskNeed.warning(recipe, missing.size(), folder.root()).ifPresent(warnings);
		make(missing, earlier, progress, warnings);
		if (shard.equals(Shard.ALL)) new Completion(folder, recipe, plan).write();
		return missing.size();
	}

	private void make(final List<Integer> missing, final ItemRecord earlier, final Progress progress,
		final Consumer<String> warnings)
	{
		final ItemMaker maker = new ItemMaker(recipe, materials, host, compute);
		final String processor = Machine.processor();
		for (int i = 0; i < missing.size(); i++) {
			progress.checkCanceled();
			final PlannedItem item = plan.item(missing.get(i));
			final Attempts attempts = maker.make(item, new ItemProgress(progress, i, missing.size(), item.name()));
			final ItemRecord record = ItemRecord.of(recipe, item, attempts, processor);
			if (i == 0 && earlier != null && !earlier.machine().equals(record.machine())) warnings.accept(
				"The items that are done were made on \"" + earlier.machine() + "\", the others are made on \"" + record.machine() +
					"\". Their pixels may differ in the last bits from those of one machine.");
			write(attempts, record);
		}
	}

	private void write(final Attempts attempts, final ItemRecord record) {
		final MadeItem item = attempts.item();
		try {
			if (Integer.parseInt(record.text("index")) < PREVIEWS) Preview.write(folder.root(), item);
			if (attempts.accepted()) layouts.forEach(layout -> layout.write(item, folder.root()));
			folder.commit(record);
		}
		catch (final InvalidInputException e) {
			throw new InvalidInputException(e.getMessage() +
				" All items made before are kept; go on with --resume.", e);
		}
	}
}
