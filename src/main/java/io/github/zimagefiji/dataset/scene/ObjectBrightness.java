
package io.github.zimagefiji.dataset.scene;

import java.util.Arrays;
import java.util.Random;

import ij.process.FloatProcessor;
import io.github.zimagefiji.dataset.recipe.Variation;

/**
 * Gives each object of an image its own brightness; see {@link Variation}. What is dimmed is the
 * light above the background's level, which is the median beside all objects, for each channel; so
 * an object never becomes darker than its surroundings.
 */
public final class ObjectBrightness {

	/**
	 * Pixels beside an object within which its own light fades into the background.
	 */
	private static final int REACH = 16;

	/**
	 * Standard deviation, pixels, by which the borders between factors are smoothed.
	 */
	private static final double SMOOTHING = 1;

	private final Variation variation;

	/** What gives objects a range of brightness. */
	public ObjectBrightness(final Variation variation) {
		this.variation = variation;
	}

	/**
	 * Varies the objects of an image. Pixels farther from all objects than their light reaches stay
	 * what they are, and so do those that are darker than the background's level.
	 *
	 * @param samples (channel, height, width), row-major; not changed
	 * @param scene where the objects are, of the same size
	 * @param seed of the factors
	 * @return (channel, height, width)
	 */
	public float[] vary(final float[] samples, final Scene scene, final long seed) {
		final float[] dimming = dimming(scene, factors(scene.count(), seed));
		final int pixels = dimming.length;
		final float[] varied = samples.clone();
		for (int start = 0; start < varied.length; start += pixels) {
			final float level = level(samples, start, scene.labels());
			for (int i = 0; i < pixels; i++)
				varied[start + i] -= Math.max(0, varied[start + i] - level) * dimming[i];
		}
		return varied;
	}

	/** The factor of each object: the first is that of label 1. */
	double[] factors(final int count, final long seed) {
		final Random random = SceneRandom.of(seed, -3);
		final double[] factors = new double[count];
		Arrays.setAll(factors, i -> variation.brightness().at(random.nextDouble()));
		return factors;
	}

	/**
	 * (height, width): the part of each pixel's light that is taken away; exactly 0 where no object's
	 * light reaches.
	 */
	private static float[] dimming(final Scene scene, final double[] factors) {
		final int[] labels = scene.labels();
		final float[] dimming = new float[labels.length];
		final int[] nearest = new int[labels.length];
		Arrays.fill(nearest, REACH * REACH);
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == 0) continue;
			dimming[i] = (float) (1 - factors[labels[i] - 1]);
			if (isEdge(scene, i)) fade(scene, i, dimming, nearest);
		}
		new FloatProcessor(scene.width(), scene.height(), dimming).blurGaussian(SMOOTHING);
		return dimming;
	}

	/**
	 * Only from such pixels background can be reached without passing others of the object.
	 */
	private static boolean isEdge(final Scene scene, final int pixel) {
		final int[] labels = scene.labels();
		final int width = scene.width();
		final int x = pixel % width;
		return x > 0 && labels[pixel - 1] == 0 || x < width - 1 && labels[pixel + 1] == 0 ||
			pixel >= width && labels[pixel - width] == 0 ||
			pixel < labels.length - width && labels[pixel + width] == 0;
	}

	/**
	 * Spreads a pixel's dimming to the background around it that no other pixel is nearer to.
	 */
	private static void fade(final Scene scene, final int pixel, final float[] dimming,
		final int[] nearest)
	{
		final int width = scene.width();
		final int x = pixel % width;
		final int y = pixel / width;
		for (int v = Math.max(0, y - REACH); v <= Math.min(scene.height() - 1, y + REACH); v++) {
			for (int u = Math.max(0, x - REACH); u <= Math.min(width - 1, x + REACH); u++) {
				final int squared = (u - x) * (u - x) + (v - y) * (v - y);
				final int at = v * width + u;
				if (scene.labels()[at] > 0 || squared >= nearest[at]) continue;
				nearest[at] = squared;
				dimming[at] = (float) (dimming[pixel] * (1 - Math.sqrt(squared) / REACH));
			}
		}
	}

	/** The median of a channel beside all objects; 0 if they cover the image. */
	private static float level(final float[] samples, final int start, final int[] labels) {
		final float[] background = new float[labels.length];
		int count = 0;
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == 0) background[count++] = samples[start + i];
		}
		Arrays.sort(background, 0, count);
		return count == 0 ? 0 : background[count / 2];
	}
}
