
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.zimagefiji.dataset.output.Layout;
import io.github.zimagefiji.dataset.plan.ItemLabels;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * Puts the shards of a dataset together: copies what the output lacks, each item's record after its
 * files, and then writes manifest, datasheet and report. The result has the same bytes as a dataset
 * made in one run on the same kind of machine. A merge that was killed can simply be run again.
 */
public final class DatasetMerge {

	private DatasetMerge() {
		// only merge()
	}

	/**
	 * Merges.
	 *
	 * @param output the dataset's folder: a new one, a shard, or an earlier merge
	 * @param shards folders of shards; none if all were made in {@code output} itself
	 * @return how many items the dataset has, the rejected ones too
	 * @throws InvalidInputException if the folders hold different datasets, an item is in none of
	 *           them, another run is at work in the output, or the disk is full
	 */
	public static int merge(final Path output, final List<Path> shards) {
		final DatasetFolder first = new DatasetFolder(shards.isEmpty() ? output : shards.get(0));
		final Recipe recipe = first.recipe();
		try (DatasetLock lock = DatasetLock.of(output, false)) {
			return merge(first, recipe, output, shards);
		}
	}

	private static int merge(final DatasetFolder first, final Recipe recipe, final Path output,
		final List<Path> shards)
	{
		final DatasetFolder folder = new DatasetFolder(output);
		folder.open(recipe, first.identity(), true);
		for (final Path shard : shards) {
			final DatasetFolder from = new DatasetFolder(shard);
			from.recipe();
			if (!from.identity().equals(first.identity()))
				throw new InvalidInputException("The folders " + shards.get(0) + " and " + shard +
					" hold different datasets. Merge only shards of one recipe.");
			copy(shard, output);
		}
		final Plan plan = new Plan(recipe, ItemLabels.of(recipe).names());
		new DatasetFinisher(folder, recipe, plan).write();
		return plan.size();
	}

	private static void copy(final Path from, final Path to) {
		try (Stream<Path> walk = Files.walk(from)) {
			final List<String> files = walk.filter(Files::isRegularFile)
				.map(file -> from.relativize(file).toString().replace('\\', '/'))
				.filter(DatasetMerge::belongsToAnItem).sorted().toList();
			final DatasetFolder shard = new DatasetFolder(from);
			for (final String file : files)
				if (isRecord(file))
					shard.record(file.substring("records/".length(), file.length() - ".json".length()));
			// an item is done when its record is there
			for (final String file : files)
				if (!isRecord(file)) copy(from.resolve(file), to, file);
			for (final String file : files)
				if (isRecord(file)) copy(from.resolve(file), to, file);
		}
		catch (final IOException | UncheckedIOException e) {
			throw new InvalidInputException("The shard " + from + " cannot be read: " +
				IOReason.of(e instanceof IOException io ? io : ((UncheckedIOException) e).getCause()) +
				". Check its name and permissions.", e);
		}
	}

	private static boolean belongsToAnItem(final String file) {
		return file.contains("/") && !file.startsWith(".zimage-") && !file.contains("/.zimage-") &&
			!Layout.isOfWholeDataset(file);
	}

	private static boolean isRecord(final String file) {
		return file.startsWith("records/") && file.endsWith(".json");
	}

	private static void copy(final Path source, final Path to, final String file) {
		if (Files.exists(to.resolve(file)) && isRecord(file)) return;
		AtomicFile.write(Folders.fileIn(to, file), out -> Files.copy(source, out));
	}
}
