
package io.github.zimagefiji.dataset;

import java.util.List;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.dataset.folder.DiskNeed;
import io.github.zimagefiji.dataset.plan.ImageRequests;
import io.github.zimagefiji.dataset.plan.LabelSurvey;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.request.ComputeOptions;

/**
 * What a recipe is going to need, from sizes and labels alone. Quick enough to be asked while
 * values change; {@link DryRun} tells more, and measures.
 *
 * @param recipe what was asked about
 * @param firstPrompt the first item's prompt with its places filled
 * @param diskBytes about how much disk all items take
 * @param image what one image needs
 * @param cautions sentences on what looks wrong in the labels; of at most {@value #LABELS} files
 */
public record DatasetForecast(Recipe recipe, String firstPrompt, long diskBytes, RunEstimate image,
		List<String> cautions)
{

	/** So many label files are read in a time that the user waits. */
	static final int LABELS = 100;

	/**
	 * Looks at the first item, at the labels, and at the names of other files.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if labels, model or settings cannot be
	 *           used
	 */
	public static DatasetForecast of(final Recipe recipe, final Host host,
		final ComputeOptions compute)
	{
		final ItemInputs materials = new ItemInputs(recipe);
		final Plan plan = new Plan(recipe, materials.labels().names());
		final PlannedItem first = plan.item(0);
		final List<String> sources = plan.sources();
		final List<String> cautions = LabelSurvey
			.of(materials.labels(), sources.subList(0, Math.min(LABELS, sources.size())), Progress.NONE)
			.cautions();
		final ImageRequests requests = new ImageRequests(recipe);
		final RunEstimate image = host.estimate(requests.model(), compute,
			requests.of(first, materials.of(first), first.imageSeeds().of(0)));
		return new DatasetForecast(recipe, first.prompt(), DiskNeed.bytes(recipe, recipe.items()),
			image, cautions);
	}
}
