
package io.github.zimagefiji.image.source;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * Samples as the arrays that ImgLib2, ImageJ and PNG files are made of. All arrays are row-major
 * and new: changing them does not change the image.
 * <p>
 * Gray is the luma of Recommendation ITU-R BT.601, Y' = 0.299 R' + 0.587 G' + 0.114 B', of the
 * samples as they are, that is, gamma-encoded.
 * </p>
 */
public final class Intensities {

	private static final double RED = 0.299;
	private static final double GREEN = 0.587;
	private static final double BLUE = 0.114;

	private final float[] samples;
	private final int pixels;

	/**
	 * The intensities of one image.
	 *
	 * @throws InvalidInputException if the image does not hold 3 × height × width samples, or none at
	 *           all
	 */
	public Intensities(final GeneratedImage image) {
		samples = image.samples();
		final long needed = 3L * image.width() * image.height();
		if (image.width() < 1 || image.height() < 1 || samples.length != needed)
			throw new InvalidInputException("An image of " + image.width() + " × " + image.height() +
				" pixels needs " + needed + " samples but has " + samples.length + ". Make it again.");
		pixels = image.width() * image.height();
	}

	/** (3, height, width): all samples, unclamped. */
	public float[] planes() {
		return samples.clone();
	}

	/** (height, width): one channel, unclamped; 0 is red, 1 green, 2 blue. */
	public float[] plane(final int channel) {
		final float[] plane = new float[pixels];
		System.arraycopy(samples, channel * pixels, plane, 0, pixels);
		return plane;
	}

	/** (3, height, width): all samples as unsigned bytes. */
	public byte[] planarBytes() {
		final byte[] bytes = new byte[samples.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) GeneratedImage.toByte(samples[i]);
		return bytes;
	}

	/** (height, width): packed as 0xffRRGGBB. */
	public int[] packedRgb() {
		final int[] packed = new int[pixels];
		for (int i = 0; i < pixels; i++)
			packed[i] = 0xff000000 | sample(0, i) << 16 | sample(1, i) << 8 | sample(2, i);
		return packed;
	}

	/** (height, width): luma of the unclamped samples. */
	public float[] luma() {
		return luma(samples);
	}

	/** (height, width): luma of (3, height, width) samples. */
	public static float[] luma(final float[] samples) {
		final int pixels = samples.length / 3;
		final float[] luma = new float[pixels];
		for (int i = 0; i < pixels; i++)
			luma[i] = luma(samples[i], samples[pixels + i], samples[2 * pixels + i]);
		return luma;
	}

	/**
	 * (height, width): luma as unsigned bytes. The colour is clamped first, so that this is the luma
	 * of what a screen shows; it is rounded once, at the end.
	 */
	public byte[] lumaBytes() {
		final byte[] bytes = new byte[pixels];
		for (int i = 0; i < pixels; i++) {
			bytes[i] = (byte) GeneratedImage.toByte(
				luma(clamp(samples[i]), clamp(samples[pixels + i]), clamp(samples[2 * pixels + i])));
		}
		return bytes;
	}

	private int sample(final int channel, final int pixel) {
		return GeneratedImage.toByte(samples[channel * pixels + pixel]);
	}

	/** Of one colour. */
	public static float luma(final float red, final float green, final float blue) {
		return (float) (RED * red + GREEN * green + BLUE * blue);
	}

	private static float clamp(final float sample) {
		return Math.min(Math.max(sample, 0f), 1f);
	}
}
