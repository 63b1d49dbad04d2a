
package io.github.zimagefiji.dataset.folder;

import java.nio.file.Path;

import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.Recipe;

/**
 * A finished dataset in numbers.
 *
 * @param folder where it is
 * @param items that were asked for
 * @param made items that the last run made; the others were done before
 * @param accepted images that are in the dataset
 * @param meanIou mean over these of the intersection over union with their labels, 0 to 1; NaN
 *          without labels
 * @param firstIou the same over the first attempt at every item, before any rejection
 */
public record DatasetSummary(Path folder, int items, int made, int accepted, double meanIou,
		double firstIou)
{

	/**
	 * Reads the records of a whole dataset.
	 *
	 * @param made items that the last run made
	 * @throws io.github.zimagefiji.error.InvalidInputException if the folder holds none, or a record
	 *           is missing or damaged
	 */
	public static DatasetSummary of(final Path folder, final int made) {
		final DatasetFolder there = new DatasetFolder(folder);
		final Recipe recipe = there.recipe();
		final Plan plan = Plan.of(recipe);
		int accepted = 0;
		double last = 0;
		double first = 0;
		for (int i = 0; i < plan.size(); i++) {
			final ItemRecord record = there.record(plan.item(i));
			final double[] ious = record.numbers("ious");
			if (ious.length > 0) first += ious[0];
			if (!record.isAccepted()) continue;
			accepted++;
			if (ious.length > 0) last += ious[ious.length - 1];
		}
		final boolean labels = recipe.workflow().hasLabels();
		return new DatasetSummary(folder, plan.size(), made, accepted,
			labels ? last / accepted : Double.NaN, labels ? first / plan.size() : Double.NaN);
	}

	/** Items that did not reach the limits in any attempt. */
	public int rejected() {
		return items - accepted;
	}

	/** The page with all measurements and some pictures. */
	public Path report() {
		return folder.resolve("report.html");
	}
}
