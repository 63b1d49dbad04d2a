
package io.github.zimagefiji.pipeline.picture;

import java.util.Locale;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ResizeFilter;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * A reference image for editing, prepared as pipeline_z_image_omni.py does.
 *
 * @param seen what the image encoder sees: the whole picture
 * @param pixels what the autoencoder sees: its middle, in whole multiples of 16 pixels
 */
public record ReferenceImage(ByteImage seen, PlanarImage pixels) {

	/** Smallest side in pixels. */
	static final int SMALLEST = 64;
	/** Longer sides are at most so many times the shorter. */
	static final int LARGEST_RATIO = 8;
	/** Larger images are made smaller. */
	public static final int LARGEST_AREA = 1024 * 1024;

	/**
	 * Prepares an image.
	 *
	 * @param area pixels that an image of more than a megapixel is reduced to: those of the result,
	 *          or where the result's size is left open {@link #LARGEST_AREA}
	 * @throws InvalidInputException if the image is too small or too elongated
	 */
	public static ReferenceImage of(final ByteImage image, final long area) {
		final ByteImage seen = seen(image, area);
		final int width = PlanarImage.floor(seen.width());
		final int height = PlanarImage.floor(seen.height());
		return new ReferenceImage(seen, PlanarImage
			.of(seen.crop((seen.width() - width) / 2, (seen.height() - height) / 2, width, height)));
	}

	/**
	 * Prepares an image of which nothing is to be lost: the autoencoder sees it continued to whole
	 * multiples of 16 pixels by its mirror image, instead of its middle.
	 *
	 * @param area as in {@link #of}
	 * @throws InvalidInputException as {@link #of}
	 */
	public static ReferenceImage padded(final ByteImage image, final long area) {
		final ByteImage seen = seen(image, area);
		return new ReferenceImage(seen, Canvas.padded(seen.width(), seen.height()).place(seen));
	}

	private static ByteImage seen(final ByteImage image, final long area) {
		check(image.width(), image.height());
		final int[] size = size(image.width(), image.height(), area);
		return image.colour().resized(size[0], size[1], ResizeFilter.PILLOW_LANCZOS);
	}

	/** Pixels to which larger images are reduced; see {@link #of}. */
	public static long area(final TextToImageRequest request) {
		return request.width() == null || request.height() == null ? LARGEST_AREA
			: (long) request.width() * request.height();
	}

	/** Width and height in which an image is seen. */
	public static int[] size(final int width, final int height, final long area) {
		if ((long) width * height <= LARGEST_AREA) return new int[] { width, height };
		final double scale = Math.sqrt(area / ((double) width * height));
		return new int[] { (int) (width * scale), (int) (height * scale) };
	}

	/** Refuses what the models were not made for. */
	public static void check(final int width, final int height) {
		if (Math.min(width, height) < SMALLEST)
			throw new InvalidInputException("The reference image has " + width + " × " + height +
				" pixels; both sides need at least " + SMALLEST + ". Enlarge it first.");
		final double ratio = Math.max(width, height) / (double) Math.min(width, height);
		if (ratio > LARGEST_RATIO) throw new InvalidInputException(String.format(Locale.ROOT,
			"The longer side of the reference image of %d × %d pixels is %.2f times the shorter; it may be %d times. Crop it first.",
			width, height, ratio, LARGEST_RATIO));
	}
}
