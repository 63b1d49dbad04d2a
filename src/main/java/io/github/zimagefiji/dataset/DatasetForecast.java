
package io.github.zimagefiji.dataset;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.dataset.recipe.Recipe;

/**
 * What a recipe is going to need, from sizes alone. Quick enough to be asked
 * while somebody changes values; {@link DryRun} tells more, and measures.
 *
 * @param recipe what was asked about
 * @param firstPrompt the first item's prompt with its places filled
 * @param diskBytes about how much disk all items take
 * @param image what one image needs
 */
public record DatasetForecast(Recipe recipe, String firstPrompt, long diskBytes,
		RunEstimate image)
{

	/**
	 * Looks at the first item and at the names of the others' files.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if labels, model or
	 *           settings cannot be used
	 */
	public static DatasetForecast of(final Recipe recipe, final Host host,
		final ComputeOptions compute)
	{
		final Materials materials = new Materials(recipe);
		final PlannedItem first = new Plan(recipe, materials.files().names()).item(
			0);
		final ImageRequests requests = new ImageRequests(recipe);
		final RunEstimate image = host.estimate(requests.model(), compute, requests
			.of(first, materials.of(first), first.imageSeeds().of(0)));
		return new DatasetForecast(recipe, first.prompt(), DiskNeed.bytes(recipe,
			recipe.items()), image);
	}
}
