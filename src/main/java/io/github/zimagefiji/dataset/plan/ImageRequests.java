
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ControlPicture;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/** What is asked of the model for each item. */
public final class ImageRequests {

	private final Recipe recipe;

	public ImageRequests(final Recipe recipe) {
		this.recipe = recipe;
	}

	/** The model's folder; the built-in one may have to be unpacked first. */
	public Path model() {
		if (recipe.model() != null) return recipe.model();
		return recipe.workflow() == Workflow.STYLE_EDIT ? BuiltInModel.editModel()
			: BuiltInModel.folder();
	}

	/** The request for one attempt at an item. */
	public GenerationRequest of(final PlannedItem item, final ItemInput material, final long seed) {
		final Sampling sampling = recipe.sampling();
		final TextToImageRequest text =
			TextToImageRequest.builder(item.prompt()).negativePrompt(item.negative())
				.steps(sampling.steps()).guidance(guidance()).seed(seed).loras(recipe.loras()).build();
		if (recipe.workflow() == Workflow.TEXT_ONLY)
			return text.toBuilder().size(sampling.width(), sampling.height()).build();
		if (recipe.workflow() == Workflow.IMAGE_TO_IMAGE)
			return new ImageToImageRequest(text, material.picture(), sampling.strength());
		if (recipe.workflow() == Workflow.STYLE_EDIT)
			return new EditRequest(text.toBuilder().size(sampling.width(), sampling.height()).build(),
				pictures(material));
		if (recipe.control() == null) return new InpaintRequest(text, material.picture(),
			material.mask(), sampling.strength(), sampling.feather(), Tiling.AUTO, false);
		final InputImage control = ControlPicture.filledLabels(material.scene().image());
		return new ControlRequest(text, network(), control, recipe.control().scale(),
			material.picture(), material.mask(), material.mask() == null ? 0 : sampling.feather(),
			Tiling.AUTO, false);
	}

	/** The ControlNet's folder or file; null without one. */
	Path network() {
		if (recipe.control() == null) return null;
		return recipe.control().network() == null ? BuiltInModel.controlNet()
			: recipe.control().network();
	}

	/**
	 * What the instruction counts: the real image if there is one, then the rendering.
	 */
	private static List<InputImage> pictures(final ItemInput material) {
		return material.style() == null ? List.of(material.picture())
			: List.of(material.style(), material.picture());
	}

	/** The built-in ControlNet follows labels best without guidance. */
	private Double guidance() {
		final boolean builtInControl = recipe.control() != null && recipe.control().network() == null;
		return recipe.sampling().guidance() == null && builtInControl ? (Double) 0.0
			: recipe.sampling().guidance();
	}
}
