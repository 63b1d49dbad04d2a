
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ResizeFilter;

/**
 * Where an image is to be painted anew.
 *
 * @param width pixels
 * @param height pixels
 * @param values (height, width): 1 where something new comes, 0 where the image stays
 */
public record PixelMask(int width, int height, float[] values) {

	/** Half of the largest byte; from here on a pixel counts as masked. */
	private static final float HALF = 0.5f;

	/**
	 * A mask image in the size of the image that it belongs to: resized, turned into grey, then into
	 * black and white.
	 */
	public static PixelMask of(final ByteImage mask, final int width, final int height) {
		final ByteImage grey = mask.resized(width, height, ResizeFilter.PILLOW_LANCZOS).grey();
		final float[] values = new float[width * height];
		for (int i = 0; i < values.length; i++) {
			values[i] = (grey.values()[i] & 0xFF) / 255f >= HALF ? 1 : 0;
		}
		return new PixelMask(width, height, values);
	}

	/**
	 * The mask at the latents' resolution: each takes the value of the first of its pixels.
	 */
	public float[] atLatents(final LatentShape shape) {
		final float[] result = new float[shape.rows() * shape.columns()];
		final int down = height / shape.rows();
		final int across = width / shape.columns();
		for (int i = 0; i < result.length; i++) {
			result[i] = values[i / shape.columns() * down * width + i % shape.columns() * across];
		}
		return result;
	}

	/**
	 * The mask at the latents' resolution, grown: each is 1 if any of its pixels is, so that nothing
	 * thin is lost.
	 */
	public float[] covering(final LatentShape shape) {
		final float[] result = new float[shape.rows() * shape.columns()];
		final int down = height / shape.rows();
		final int across = width / shape.columns();
		for (int i = 0; i < values.length; i++) {
			final int at = i / width / down * shape.columns() + i % width / across;
			result[at] = Math.max(result[at], values[i]);
		}
		return result;
	}
}
