
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/**
 * The picture that is computed. Its sides are multiples of 16; where the picture that is wanted has
 * others, it is continued at the right and lower edge by its mirror image, and the result is cut
 * back.
 *
 * @param wantedWidth of the result in pixels
 * @param wantedHeight of the result in pixels
 * @param width that is computed, at most 15 more
 * @param height that is computed, at most 15 more
 */
public record Canvas(int wantedWidth, int wantedHeight, int width, int height) {

	/** A picture whose sides are multiples of 16 already. */
	public static Canvas exact(final int width, final int height) {
		return new Canvas(width, height, width, height);
	}

	/**
	 * A picture of any size.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if a side has fewer than 16 pixels
	 */
	public static Canvas padded(final int width, final int height) {
		return new Canvas(width, height, up(width), up(height));
	}

	/** The picture made smaller to multiples of 16, as the reference does it. */
	public static Canvas floored(final int width, final int height) {
		return exact(PlanarImage.floor(width), PlanarImage.floor(height));
	}

	/**
	 * The canvas of a picture.
	 *
	 * @param reference whether the picture is made smaller, as in the reference
	 */
	public static Canvas of(final int width, final int height, final boolean reference) {
		return reference ? Canvas.floored(width, height) : Canvas.padded(width, height);
	}

	/** The size that is asked for, this one's where it is null; this canvas if both are. */
	public Canvas resized(final Integer newWidth, final Integer newHeight) {
		if (newWidth == null && newHeight == null) return this;
		return exact(newWidth == null ? width : newWidth, newHeight == null ? height : newHeight);
	}

	private static int up(final int side) {
		final int floor = PlanarImage.floor(side);
		return floor == side ? side : floor + PlanarImage.MULTIPLE;
	}

	/** An image of the wanted size, continued to the whole one. */
	public PlanarImage place(final InputImage image) {
		final float[] samples = continued(image.samples(), 3);
		for (int i = 0; i < samples.length; i++) {
			samples[i] = 2f * samples[i] - 1f;
		}
		return new PlanarImage(width, height, samples);
	}

	/** The same for bytes. */
	public PlanarImage place(final ByteImage image) {
		final float[] samples = continued(PlanarImage.of(image).samples(), 3);
		return new PlanarImage(width, height, samples);
	}

	/**
	 * A mask of the wanted size, continued likewise: what is beside a painted edge is painted too.
	 */
	public PixelMask place(final InputMask mask) {
		final float[] values = continued(mask.values(), 1);
		for (int i = 0; i < values.length; i++) {
			values[i] = values[i] >= InputMask.THRESHOLD ? 1 : 0;
		}
		return new PixelMask(width, height, values);
	}

	private float[] continued(final float[] planes, final int count) {
		final float[] result = new float[count * width * height];
		for (int i = 0, row = 0; row < count * height; row++) {
			final int line =
				(row / height * wantedHeight + mirrored(row % height, wantedHeight)) * wantedWidth;
			for (int x = 0; x < width; x++) {
				result[i++] = planes[line + mirrored(x, wantedWidth)];
			}
		}
		return result;
	}

	/**
	 * Back and forth within a line of pixels. Its first and last are the mirrors: they are not
	 * repeated.
	 */
	static int mirrored(final int position, final int length) {
		if (length == 1) return 0;
		final int period = 2 * (length - 1);
		final int along = Math.floorMod(position, period);
		return along < length ? along : period - along;
	}

	/**
	 * The wanted part of the whole picture.
	 *
	 * @param planes (3, height, width)
	 * @return (3, wanted height, wanted width); the same array if nothing is cut off
	 */
	public float[] cut(final float[] planes) {
		if (wantedWidth == width && wantedHeight == height) return planes;
		final float[] result = new float[3 * wantedWidth * wantedHeight];
		for (int row = 0; row < 3 * wantedHeight; row++) {
			final int from = (row / wantedHeight * height + row % wantedHeight) * width;
			System.arraycopy(planes, from, result, row * wantedWidth, wantedWidth);
		}
		return result;
	}
}
