
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.picture.OutpaintAsInpaint;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.pipeline.sampling.Guidance;
import io.github.zimagefiji.pipeline.sampling.LatentTiles;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.pipeline.sampling.Scheduler;
import io.github.zimagefiji.pipeline.sampling.Strength;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * What follows from a request and a model before anything is loaded.
 *
 * @param request as it is run; outpainting is inpainting of a larger image
 * @param text prompt and sampling with the model's own values filled in, and the size that is
 *          computed
 * @param canvas of the result
 * @param references what is computed of each reference image
 * @param tiles in which the transformer runs
 * @param guidance of the request
 * @param schedule the part of the schedule that is run
 * @param omni whether the transformer runs in its Omni form
 * @param parts ControlNet and LoRAs
 */
public record RunOutline(GenerationRequest request, TextToImageRequest text, Canvas canvas,
		List<Canvas> references, LatentTiles tiles, Guidance guidance, Schedule schedule, boolean omni,
		Adapters parts)
{

	/**
	 * Width and height of control runs in the reference, whatever the control picture's.
	 */
	private static final int REFERENCE_SIDE = 1024;

	/**
	 * Prepares a run.
	 *
	 * @throws InvalidInputException if the model cannot do it, or a picture cannot be used
	 */
	public static RunOutline of(final ModelFolder model, final GenerationRequest asked) {
		final GenerationRequest request = asked instanceof OutpaintRequest outpaint
			? new OutpaintAsInpaint(outpaint).inpainting() : asked;
		if (request instanceof EditRequest) model.editPart();
		final List<Canvas> references =
			request instanceof EditRequest edit ? references(edit) : List.of();
		final Canvas canvas = canvas(model, request, references);
		final TextToImageRequest text = RequestDefaults.fill(model.info().variant(), request, canvas);
		final LatentShape shape = LatentShape.of(model, canvas.width(), canvas.height());
		final LatentTiles tiles =
			LatentTiles.of(shape, tiling(request), model.info().variant().defaultSide());
		final Schedule whole =
			text.sigmas().isEmpty() ? Schedule.ofSteps(model.scheduler(), text.steps(), shape.patches())
				: Schedule.of(model.scheduler(), RequestDefaults.floats(text.sigmas()), shape.patches());
		return new RunOutline(request, text, canvas, references, tiles,
			new Guidance(text.guidance(), text.cfgNormalization(), text.cfgTruncation()),
			schedule(request, whole), model.canEdit(), Adapters.open(model, request));
	}

	private static Canvas canvas(final ModelFolder model, final GenerationRequest request,
		final List<Canvas> references)
	{
		if (request instanceof ImageToImageRequest r)
			return canvas(r.image().width(), r.image().height(), r.reference());
		if (request instanceof InpaintRequest r)
			return canvas(r.image().width(), r.image().height(), r.reference());
		final boolean exact = request instanceof ControlRequest c && c.reference();
		final int side = exact ? REFERENCE_SIDE : model.info().variant().defaultSide();
		final Canvas own = request instanceof ControlRequest c && !exact
			? canvas(c.control().width(), c.control().height(), false)
			: references.isEmpty() ? Canvas.exact(side, side) : references.get(references.size() - 1);
		final Integer width = request.text().width();
		final Integer height = request.text().height();
		if (width == null && height == null) return own;
		return Canvas.exact(width == null ? own.width() : width,
			height == null ? own.height() : height);
	}

	private static Canvas canvas(final int width, final int height, final boolean reference) {
		return reference ? Canvas.floored(width, height) : Canvas.padded(width, height);
	}

	private static List<Canvas> references(final EditRequest request) {
		final List<Canvas> result = new ArrayList<>();
		request.images().forEach(image -> {
			ReferenceImage.check(image.width(), image.height());
			final int[] size =
				ReferenceImage.size(image.width(), image.height(), ReferenceImage.area(request.text()));
			result.add(canvas(size[0], size[1], request.reference()));
		});
		return result;
	}

	private static Tiling tiling(final GenerationRequest request) {
		if (request instanceof ImageToImageRequest r) return r.reference() ? Tiling.OFF : r.tiling();
		if (request instanceof InpaintRequest r) return r.reference() ? Tiling.OFF : r.tiling();
		if (request instanceof ControlRequest r) return r.reference() ? Tiling.OFF : r.tiling();
		return Tiling.OFF;
	}

	private static Schedule schedule(final GenerationRequest request, final Schedule whole) {
		if (request instanceof ImageToImageRequest r)
			return new Strength(r.strength(), r.reference()).of(whole);
		if (request instanceof InpaintRequest r)
			return new Strength(r.strength(), r.reference()).of(whole);
		return whole;
	}

	/** The shape of one image's latents. */
	public LatentShape shape() {
		return tiles.shape();
	}

	/**
	 * Tokens of the reference images, and of what the image encoder sees of them.
	 */
	int referenceTokens(final ModelFolder model) {
		if (references.isEmpty()) return 0;
		final int seen = model.editPart().processor().maxPatches();
		return references.stream()
			.mapToInt(r -> r.width() / PlanarImage.MULTIPLE * (r.height() / PlanarImage.MULTIPLE) + seen)
			.sum();
	}

	/**
	 * Refuses sizes that the model has no positions for.
	 *
	 * @param captionTokens of the longest prompt
	 */
	public void checkSize(final TransformerConfig config, final int captionTokens) {
		if (!omni) {
			Transformer.checkSize(config, tiles.rows(), tiles.columns(), captionTokens);
			return;
		}
		final List<int[]> sizes = new ArrayList<>();
		sizes.add(new int[] { tiles.rows(), tiles.columns() });
		references.forEach(r -> sizes.add(new int[] { r.height() / 8, r.width() / 8 }));
		OmniTransformer.checkSize(config, captionTokens, sizes);
	}

	/**
	 * Evaluations of the transformer for one image, each with or without the negative prompt.
	 */
	int evaluations() {
		final Scheduler scheduler = scheduler();
		int evaluations = 0;
		for (int step = 0; step < schedule.steps(); step++) {
			for (int i = 0; i < scheduler.evaluations(step); i++) {
				evaluations += guidance.appliesAt(scheduler.modelTime(step, i)) ? 2 : 1;
			}
		}
		return evaluations * tiles.count();
	}

	/** What moves the latents of one image; each image needs its own. */
	Scheduler scheduler() {
		return Scheduler.of(Sampler.EULER, schedule);
	}

	/** Pictures that pass the autoencoder's encoder. */
	int pictures() {
		if (request instanceof ControlRequest control) return control.image() == null ? 1 : 2;
		return request instanceof TextToImageRequest ? 0
			: request instanceof EditRequest edit ? edit.images().size() : 1;
	}
}
