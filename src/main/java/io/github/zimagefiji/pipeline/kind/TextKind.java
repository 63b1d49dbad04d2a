
package io.github.zimagefiji.pipeline.kind;

import java.util.List;

import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * An image from a prompt alone.
 *
 * @param side of the model's images in pixels
 */
record TextKind(TextToImageRequest request, int side) implements Kind {

	@Override
	public Canvas canvas() {
		return Canvas.exact(side, side).resized(request.width(), request.height());
	}

	@Override
	public Conditions conditions(final String tiles, final List<Conditions.Lora> loras) {
		return new Conditions(request.task(), List.of(), null, null, List.of(), tiles, false, null,
			loras);
	}
}
