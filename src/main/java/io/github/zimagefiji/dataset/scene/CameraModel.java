
package io.github.zimagefiji.dataset.scene;

import java.util.Random;

import ij.process.FloatProcessor;
import io.github.zimagefiji.dataset.recipe.Camera;

/** Passes brightness through optics and a camera; see {@link Camera}. */
public final class CameraModel {

	/** Above this mean, a Poisson number is drawn as a rounded normal one. */
	private static final double NORMAL_FROM = 50;

	private final Camera camera;

	/** A model of a camera. */
	public CameraModel(final Camera camera) {
		this.camera = camera;
	}

	/**
	 * Takes a picture.
	 *
	 * @param brightness (height, width), row-major, 0 to 1; not changed
	 * @param seed of the noise
	 * @return (height, width): grey values, 0 to 65535
	 */
	public int[] take(final float[] brightness, final int width, final int height, final long seed) {
		final FloatProcessor light = new FloatProcessor(width, height, brightness.clone());
		if (camera.blur() > 0) light.blurGaussian(camera.blur());
		final Random random = SceneRandom.of(seed, -2);
		final int[] grey = new int[brightness.length];
		for (int i = 0; i < grey.length; i++) {
			final double mean = Math.max(0, light.getf(i)) * camera.photons() + camera.background();
			final double electrons = poisson(mean, random) + camera.readNoise() * random.nextGaussian();
			grey[i] =
				(int) Math.min(65535, Math.max(0, Math.rint(electrons * camera.gain() + camera.offset())));
		}
		return grey;
	}

	/** Knuth's method for small means. */
	private static double poisson(final double mean, final Random random) {
		if (mean > NORMAL_FROM)
			return Math.max(0, Math.rint(mean + StrictMath.sqrt(mean) * random.nextGaussian()));
		final double limit = StrictMath.exp(-mean);
		int count = 0;
		for (double product = random.nextDouble(); product > limit; product *= random.nextDouble())
			count++;
		return count;
	}
}
