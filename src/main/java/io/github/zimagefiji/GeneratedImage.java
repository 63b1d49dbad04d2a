
package io.github.zimagefiji;

/**
 * One image as numbers.
 *
 * @param width pixels
 * @param height pixels
 * @param samples (3, height, width): red, green, blue planes, row-major; [0, 1] is black to full,
 *          values outside are kept as the autoencoder gave them
 * @param provenance where it comes from
 */
public record GeneratedImage(int width, int height, float[] samples, Provenance provenance) {

	/**
	 * One sample as 8 bits: clamped to [0, 1], times 255, rounded half to even, as in the reference's
	 * {@code image_processor.py}.
	 */
	public static int toByte(final float sample) {
		return (int) Math.rint(Math.min(Math.max(sample, 0f), 1f) * 255f);
	}
}
