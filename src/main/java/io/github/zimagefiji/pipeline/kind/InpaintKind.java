
package io.github.zimagefiji.pipeline.kind;

import java.util.List;

import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.ImageBytes;
import io.github.zimagefiji.pipeline.picture.OutpaintAsInpaint;
import io.github.zimagefiji.pipeline.picture.PasteBack;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.pipeline.sampling.Strength;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Tiling;

/**
 * A part of an image, painted anew. Outpainting is the same on a larger canvas, whose borders are
 * painted.
 *
 * @param request as it came
 * @param painted what is run
 */
record InpaintKind(GenerationRequest request, InpaintRequest painted) implements Kind {

	InpaintKind(final InpaintRequest request) {
		this(request, request);
	}

	InpaintKind(final OutpaintRequest request) {
		this(request, new OutpaintAsInpaint(request).inpainting());
	}

	@Override
	public Canvas canvas() {
		return Canvas.of(painted.image().width(), painted.image().height(), painted.reference());
	}

	@Override
	public Tiling tiling() {
		return painted.reference() ? Tiling.OFF : painted.tiling();
	}

	@Override
	public Schedule part(final Schedule whole) {
		return new Strength(painted.strength(), painted.reference()).of(whole);
	}

	@Override
	public List<Canvas> pictures() {
		return List.of(canvas());
	}

	/**
	 * The mask gets a hard edge of latent pixels: in the normal mode all that a masked pixel touches,
	 * in the reference's as it does.
	 */
	@Override
	public Encoded encode(final Encoder encoder) {
		final Canvas canvas = canvas();
		if (!painted.reference()) {
			final ImageLatents latents = encoder.latents(canvas.place(painted.image()));
			return Encoded.image(latents, canvas.place(painted.mask()).covering(latents.shape()));
		}
		final ImageLatents latents =
			encoder.latents(PlanarImage.fitted(ImageBytes.of(painted.image())));
		return Encoded.image(latents,
			PixelMask.of(ImageBytes.of(painted.mask()), canvas.width(), canvas.height())
				.atLatents(latents.shape()));
	}

	@Override
	public PasteBack pasteBack() {
		return painted.reference() ? null
			: PasteBack.of(painted.image(), painted.mask(), painted.feather());
	}

	@Override
	public Conditions conditions(final String tiles, final List<Conditions.Lora> loras) {
		if (request instanceof OutpaintRequest r)
			return new Conditions(r.task(), List.of(Conditions.Input.of("image", r.image())), null, null,
				List.of(r.left(), r.right(), r.top(), r.bottom()), tiles, r.reference(), null, loras);
		return new Conditions(request.task(),
			List.of(Conditions.Input.of("image", painted.image()), Conditions.Input.of(painted.mask())),
			painted.strength(), painted.feather(), List.of(), tiles, painted.reference(), null, loras);
	}
}
