
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.OutpaintRequest;

/**
 * Outpainting as inpainting: the image on a larger canvas, continued by its mirror images, and a
 * mask over what is new.
 */
public record OutpaintAsInpaint(OutpaintRequest request) {

	/** The same as an inpaint request of the larger image. */
	public InpaintRequest inpainting() {
		return new InpaintRequest(request.text(), image(), mask(), 1, 0, request.tiling(),
			request.reference());
	}

	private InputImage image() {
		final InputImage old = request.image();
		final int width = request.width();
		final int height = request.height();
		final float[] samples = new float[3 * width * height];
		for (int i = 0; i < samples.length; i++) {
			final int x = Canvas.mirrored(i % width - request.left(), old.width());
			final int y = Canvas.mirrored(i / width % height - request.top(), old.height());
			samples[i] = old.samples()[(i / width / height * old.height() + y) * old.width() + x];
		}
		return new InputImage(old.name(), width, height, samples, old.mapping());
	}

	private InputMask mask() {
		final int width = request.width();
		final float[] values = new float[width * request.height()];
		for (int i = 0; i < values.length; i++) {
			final int x = i % width - request.left();
			final int y = i / width - request.top();
			final boolean old =
				x >= 0 && x < request.image().width() && y >= 0 && y < request.image().height();
			values[i] = old ? 0 : 1;
		}
		return new InputMask("borders", width, request.height(), values);
	}
}
