
package io.github.zimagefiji.pipeline.sampling;

/**
 * What a preview's colours are a weighted sum of: the channels of a latent pixel, the products of
 * each two of them, their squares included, and 1. Channels alone turn green into grey, because the
 * decoder of a small autoencoder is far from linear.
 */
public final class LatentTerms {

	private LatentTerms() {
		// only static methods
	}

	/** How many terms there are. */
	public static int count(final int channels) {
		return channels + channels * (channels + 1) / 2 + 1;
	}

	/**
	 * The terms of a pixel.
	 *
	 * @param latent its channels, as the autoencoder knows them
	 * @return the channels; each channel times itself and those after it; 1
	 */
	public static double[] of(final double[] latent) {
		final double[] terms = new double[count(latent.length)];
		System.arraycopy(latent, 0, terms, 0, latent.length);
		int at = latent.length;
		for (int i = 0; i < latent.length; i++) {
			for (int j = i; j < latent.length; j++) {
				terms[at++] = latent[i] * latent[j];
			}
		}
		terms[at] = 1;
		return terms;
	}
}
