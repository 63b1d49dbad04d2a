
package io.github.zimagefiji.pipeline;

/**
 * The shape of one image's latents.
 *
 * @param channels latent channels
 * @param rows latent height, an eighth of the image's
 * @param columns latent width
 */
record LatentShape(int channels, int rows, int columns) {

	static LatentShape of(final ModelFolder model, final int width, final int height) {
		final int scale = model.autoencoder().downscale();
		return new LatentShape(model.transformer().channels(), height / scale, width / scale);
	}

	/** Numbers of one image. */
	int size() {
		return channels * rows * columns;
	}

	/** Tokens of one image without padding. */
	int patches() {
		return rows / 2 * (columns / 2);
	}

	/** Axes of several images' latents. */
	long[] axes(final int images) {
		return new long[] { images, channels, rows, columns };
	}
}
