
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.model.folder.ModelFolder;

/**
 * The shape of one image's latents.
 *
 * @param channels latent channels
 * @param rows latent height, an eighth of the image's
 * @param columns latent width
 */
public record LatentShape(int channels, int rows, int columns) {

	public static LatentShape of(final ModelFolder model, final int width, final int height) {
		final int scale = model.autoencoder().downscale();
		return new LatentShape(model.transformer().channels(), height / scale, width / scale);
	}

	/** Numbers of one image. */
	public int size() {
		return channels * rows * columns;
	}

	/** Tokens of one image without padding. */
	public int patches() {
		return rows / 2 * (columns / 2);
	}

	/** Axes of several images' latents. */
	public long[] axes(final int images) {
		return new long[] { images, channels, rows, columns };
	}
}
