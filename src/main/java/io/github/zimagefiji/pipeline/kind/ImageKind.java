
package io.github.zimagefiji.pipeline.kind;

import java.util.List;

import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.ImageBytes;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.sampling.Schedule;
import io.github.zimagefiji.pipeline.sampling.Strength;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.Tiling;

/** A whole image, changed. */
record ImageKind(ImageToImageRequest request) implements Kind {

	@Override
	public Canvas canvas() {
		return Canvas.of(request.image().width(), request.image().height(), request.reference());
	}

	@Override
	public Tiling tiling() {
		return request.reference() ? Tiling.OFF : request.tiling();
	}

	@Override
	public Schedule part(final Schedule whole) {
		return new Strength(request.strength(), request.reference()).of(whole);
	}

	@Override
	public List<Canvas> pictures() {
		return List.of(canvas());
	}

	@Override
	public Encoded encode(final Encoder encoder) {
		final PlanarImage image = request.reference()
			? PlanarImage.fitted(ImageBytes.of(request.image())) : canvas().place(request.image());
		return Encoded.image(encoder.latents(image), null);
	}

	@Override
	public Conditions conditions(final String tiles, final List<Conditions.Lora> loras) {
		return new Conditions(request.task(), List.of(Conditions.Input.of("image", request.image())),
			request.strength(), null, List.of(), tiles, request.reference(), null, loras);
	}
}
