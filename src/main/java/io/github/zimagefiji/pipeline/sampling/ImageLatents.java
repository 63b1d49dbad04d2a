
package io.github.zimagefiji.pipeline.sampling;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.picture.PlanarImage;

/**
 * What the autoencoder makes of an image: a normal distribution of latents.
 *
 * @param shape of one image's latents
 * @param mean as the autoencoder knows it, row-major
 * @param logVariance likewise
 * @param autoencoder converts to the transformer's latents
 */
public record ImageLatents(LatentShape shape, float[] mean, float[] logVariance,
		Autoencoder autoencoder)
{

	/** Part of a tile that overlaps the next one, as in the reference. */
	private static final double OVERLAP = 0.25;

	/**
	 * Encodes an image.
	 *
	 * @param image (3, height, width) in [-1, 1]; sides are multiples of 16
	 * @param tile side of a tile in pixels; 0 encodes in one piece
	 * @param afterBlock called after each block; may throw to stop
	 */
	public static ImageLatents encode(final TensorScope scope, final Autoencoder autoencoder,
		final PlanarImage image, final int tile, final Runnable afterBlock)
	{
		try (TensorScope inner = scope.inner()) {
			final Tensor pixels = inner.floats(image.samples(), 1, 3, image.height(), image.width());
			final Autoencoder.Posterior posterior =
				tile == 0 ? autoencoder.encode(inner, pixels, afterBlock)
					: autoencoder.encodeTiled(inner, pixels, tile, OVERLAP, afterBlock);
			final Tensor mean = posterior.mean();
			return new ImageLatents(
				new LatentShape((int) mean.size(1), (int) mean.size(2), (int) mean.size(3)),
				mean.toFloats(), posterior.logVariance().toFloats(), autoencoder);
		}
	}

	/**
	 * The distribution's mean, as control and reference images are used: the transformer's latents.
	 */
	public float[] mode() {
		return autoencoder.fromAutoencoder(mean);
	}

	/**
	 * Latents drawn from the distribution, as images to be changed are used: the transformer's
	 * latents.
	 */
	public float[] sample(final ImageNoise noise) {
		final float[] drawn = noise.draw(mean.length);
		for (int i = 0; i < drawn.length; i++) {
			drawn[i] = mean[i] + (float) Math.exp(0.5f * logVariance[i]) * drawn[i];
		}
		return autoencoder.fromAutoencoder(drawn);
	}
}
