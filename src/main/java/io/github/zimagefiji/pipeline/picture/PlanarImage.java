
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.Bfloat16;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ResizeFilter;

/**
 * An image as networks take it.
 *
 * @param width pixels
 * @param height pixels
 * @param samples (3, height, width) in [-1, 1], row-major; not copied
 */
public record PlanarImage(int width, int height, float[] samples) {

	/**
	 * Sides are multiples of this: 8 for the autoencoder, 2 for the transformer's patches.
	 */
	public static final int MULTIPLE = 16;

	/** Bytes, 0 to 255, as numbers from -1 to 1. */
	public static PlanarImage of(final ByteImage image) {
		final ByteImage colour = image.colour();
		final int area = image.width() * image.height();
		final float[] samples = new float[3 * area];
		for (int i = 0; i < area; i++) {
			for (int c = 0; c < 3; c++) {
				samples[c * area + i] = 2f * ((colour.values()[3 * i + c] & 0xFF) / 255f) - 1f;
			}
		}
		return new PlanarImage(image.width(), image.height(), samples);
	}

	/**
	 * An image resized to whole multiples of 16 pixels, each side downwards, as the reference's
	 * image-to-image does (VaeImageProcessor, Lanczos).
	 *
	 * @throws InvalidInputException if a side is shorter
	 */
	public static PlanarImage fitted(final ByteImage image) {
		return of(
			image.resized(floor(image.width()), floor(image.height()), ResizeFilter.PILLOW_LANCZOS));
	}

	/**
	 * The largest multiple of 16 that is not above a side.
	 *
	 * @throws InvalidInputException if there is none
	 */
	static int floor(final int side) {
		if (side < MULTIPLE) throw new InvalidInputException("A side of the image has only " + side +
			" pixels; at least " + MULTIPLE + " are needed. Enlarge the image first.");
		return side - side % MULTIPLE;
	}

	/** The same numbers rounded to those of bfloat16. */
	public PlanarImage rounded() {
		return new PlanarImage(width, height, Bfloat16.round(samples));
	}

	/** This image with 0, a middle grey, where a mask is 1. */
	public PlanarImage masked(final PixelMask mask) {
		final float[] result = samples.clone();
		final int area = width * height;
		for (int i = 0; i < result.length; i++) {
			result[i] *= 1 - mask.values()[i % area];
		}
		return new PlanarImage(width, height, result);
	}
}
