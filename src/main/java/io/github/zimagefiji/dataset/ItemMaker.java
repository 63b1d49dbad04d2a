
package io.github.zimagefiji.dataset;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.Attempts;
import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.output.MadeItem;
import io.github.zimagefiji.dataset.plan.ImageRequests;
import io.github.zimagefiji.dataset.plan.ItemInput;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.plan.Seeds;
import io.github.zimagefiji.dataset.quality.Agreement;
import io.github.zimagefiji.dataset.quality.Segmenter;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.scene.CameraModel;
import io.github.zimagefiji.dataset.scene.ObjectBrightness;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.InputImage;

/**
 * Makes the image of an item and compares it with its labels; again with other seeds while it does
 * not reach the limits.
 */
final class ItemMaker {

	private final Recipe recipe;
	private final Host host;
	private final ComputeOptions compute;
	private final ItemInputs materials;
	private final Segmenter segmenter;
	private final ImageRequests requests;

	/** @param segmenter what compares images with their labels */
	ItemMaker(final Recipe recipe, final ItemInputs materials, final Host host,
		final ComputeOptions compute, final Segmenter segmenter)
	{
		this.segmenter = segmenter;
		this.recipe = recipe;
		this.materials = materials;
		this.host = host;
		this.compute = compute;
		requests = new ImageRequests(recipe);
	}

	/**
	 * Refuses, before anything is computed, what the model cannot do.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if labels, model or settings cannot be
	 *           used
	 */
	void check(final PlannedItem item) {
		final ItemInput material = materials.of(item);
		estimate(item, material);
		for (final InputImage style : materials.styles().all()) {
			if (recipe.style().as() == Style.Use.COLOURS) materials.styles().palette(style);
			else estimate(item, new ItemInput(material.scene(), material.picture(), null, style));
		}
	}

	private void estimate(final PlannedItem item, final ItemInput material) {
		host.estimate(requests.model(), compute, requests.of(item, material, item.imageSeeds().of(0)));
	}

	/**
	 * Makes an item.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if its labels, the model or the
	 *           segmentation cannot be used
	 */
	Attempts make(final PlannedItem item, final Progress progress) {
		final ItemInput material = materials.of(item);
		final QualityLimits limits = recipe.quality();
		final List<Agreement> agreements = new ArrayList<>();
		for (int attempt = 0;; attempt++) {
			final long seed = item.imageSeeds().of(attempt);
			final GeneratedImage generated =
				host.generate(requests.model(), compute, requests.of(item, material, seed), progress)
					.images().get(0);
			final DatasetImage image = develop(vary(generated, item, material), seed);
			final MadeItem made =
				new MadeItem(item.name(), item.split(), image, material.scene(), generated.provenance());
			if (material.scene() == null) return new Attempts(made, seed, agreements, true);
			final Agreement agreement = Agreement.of(segmenter.find(image, progress), material.scene());
			agreements.add(agreement);
			final boolean accepted = limits.accepts(agreement.iou(), agreement.countError());
			if (accepted || attempt == limits.retries())
				return new Attempts(made, seed, agreements, accepted);
		}
	}

	/** All attempts at an item have the same factors. */
	private GeneratedImage vary(final GeneratedImage generated, final PlannedItem item,
		final ItemInput material)
	{
		if (recipe.variation() == null) return generated;
		final long seed = new Seeds(recipe.seed()).bits("brightness", item.index());
		return new GeneratedImage(generated.width(), generated.height(),
			new ObjectBrightness(recipe.variation()).vary(generated.samples(), material.scene(), seed),
			generated.provenance());
	}

	private DatasetImage develop(final GeneratedImage generated, final long seed) {
		if (recipe.camera() == null) return DatasetImage.of(generated, recipe.pixels());
		final float[] brightness = DatasetImage.brightness(generated.samples());
		return new DatasetImage(generated.width(), generated.height(), PixelKind.GREY16,
			new CameraModel(recipe.camera()).take(brightness, generated.width(), generated.height(),
				seed));
	}
}
