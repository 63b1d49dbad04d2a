package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.model.ByteImage;
import io.github.zimagefiji.model.ResizeFilter;

import java.util.Locale;

/**
 * A reference image for editing, prepared as pipeline_z_image_omni.py does.
 *
 * @param seen what the image encoder sees: the whole picture
 * @param pixels what the autoencoder sees: its middle, in whole multiples of 16 pixels
 */
record ReferenceImage(ByteImage seen, PlanarImage pixels) {

	/** Smallest side in pixels. */
	static final int SMALLEST = 64;
	/** Longer sides are at most so many times the shorter. */
	static final int LARGEST_RATIO = 8;
	/** Larger images are made smaller. */
	static final int LARGEST_AREA = 1024 * 1024;

	/**
	 * Prepares an image.
	 *
	 * @param area pixels that an image of more than a megapixel is reduced to: those of the result, or where the result's
	 *          size is left open {@link #LARGEST_AREA}
	 * @throws InvalidInputException if the image is too small or too elongated
	 */
	static ReferenceImage of(final ByteImage image, final long area) {
		check(image.width(), image.height());
		final ByteImage seen = (long) image.width() * image.height() > LARGEST_AREA ? reduced(image.colour(), area) : image
			.colour();
		final int width = PlanarImage.floor(seen.width());
		final int height = PlanarImage.floor(seen.height());
		return new ReferenceImage(seen, PlanarImage.of(seen.crop((seen.width() - width) / 2, (seen.height() - height) / 2,
			width, height)));
	}

	/** Refuses what the models were not made for. */
	static void check(final int width, final int height) {
		if (Math.min(width, height) < SMALLEST) throw new InvalidInputException("The reference image has " + width + " × " +
			height + " pixels; both sides need at least " + SMALLEST + ". Enlarge it first.");
		final double ratio = Math.max(width, height) / (double) Math.min(width, height);
		if (ratio > LARGEST_RATIO) throw new InvalidInputException(String.format(Locale.ROOT,
			"The longer side of the reference image of %d × %d pixels is %.2f times the shorter; it may be %d times. Crop it first.",
			width, height, ratio, LARGEST_RATIO));
	}

	private static ByteImage reduced(final ByteImage image, final long area) {
		final double scale = Math.sqrt(area / ((double) image.width() * image.height()));
		return image.resized((int) (image.width() * scale), (int) (image.height() * scale), ResizeFilter.PILLOW_LANCZOS);
	}
}
