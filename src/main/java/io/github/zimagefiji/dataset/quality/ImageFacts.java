
package io.github.zimagefiji.dataset.quality;

import java.util.HexFormat;

import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * Small facts of an image that reports are made of when its pixels are no longer at hand.
 */
public final class ImageFacts {

	/** Steps of a histogram of intensities. */
	public static final int STEPS = 32;
	/** Sides of a thumbnail, pixels. */
	public static final int THUMBNAIL = 16;

	private ImageFacts() {
		// only static methods
	}

	/**
	 * How many pixels have each intensity, from black to the most that the pixels hold.
	 */
	public static int[] intensities(final DatasetImage image) {
		final int[] histogram = new int[STEPS];
		final int range = image.kind().bytes() == 2 ? 65536 : 256;
		for (final int value : image.brightness())
			histogram[(int) ((long) value * STEPS / range)]++;
		return histogram;
	}

	/**
	 * How many objects have 2^n up to 2^(n + 1) - 1 pixels, for n from 0 to 23.
	 */
	public static int[] sizes(final Scene scene) {
		final int[] histogram = new int[24];
		for (final int area : scene.areas()) {
			if (area > 0) histogram[Math.min(23, 31 - Integer.numberOfLeadingZeros(area))]++;
		}
		return histogram;
	}

	/**
	 * The image made small: means of blocks, stretched to the full range, one byte each as two
	 * hexadecimal digits.
	 */
	public static String thumbnail(final DatasetImage image) {
		final double[] means = new double[THUMBNAIL * THUMBNAIL];
		final int[] counts = new int[means.length];
		final int[] brightness = image.brightness();
		for (int i = 0; i < brightness.length; i++) {
			final int x = i % image.width() * THUMBNAIL / image.width();
			final int y = i / image.width() * THUMBNAIL / image.height();
			means[y * THUMBNAIL + x] += brightness[i];
			counts[y * THUMBNAIL + x]++;
		}
		double least = Double.POSITIVE_INFINITY;
		double most = 0;
		for (int i = 0; i < means.length; i++) {
			means[i] /= Math.max(1, counts[i]);
			least = Math.min(least, means[i]);
			most = Math.max(most, means[i]);
		}
		final byte[] bytes = new byte[means.length];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte) Math.rint(most > least ? (means[i] - least) / (most - least) * 255 : 0);
		return HexFormat.of().formatHex(bytes);
	}
}
