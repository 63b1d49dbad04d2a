
package io.github.zimagefiji.dataset.folder;

import java.nio.file.Path;
import java.util.Optional;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.dataset.plan.DatasetIdentity;
import io.github.zimagefiji.dataset.plan.ItemLabels;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.Recipe;

/**
 * How much of a recipe's dataset a folder holds already.
 *
 * @param done items that are done
 * @param items of the whole dataset
 */
public record BegunDataset(int done, int items) {

	/**
	 * Looks into a folder; nothing is changed.
	 *
	 * @param host tells which model it is
	 * @return nothing if it does not hold this dataset, but another one, other files, or nothing
	 * @throws io.github.zimagefiji.error.InvalidInputException if the recipe's files cannot be used,
	 *           or the folder not be read
	 */
	public static Optional<BegunDataset> in(final Path folder, final Recipe recipe, final Host host) {
		final DatasetFolder there = new DatasetFolder(folder);
		final ItemLabels files = ItemLabels.of(recipe);
		if (!there.holds(DatasetIdentity.of(recipe, files, host))) return Optional.empty();
		final Plan plan = new Plan(recipe, files.names());
		int done = 0;
		for (int i = 0; i < plan.size(); i++) {
			if (there.isDone(plan.item(i).name())) done++;
		}
		return Optional.of(new BegunDataset(done, plan.size()));
	}
}
