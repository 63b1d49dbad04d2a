
package io.github.zimagefiji.dataset.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.dataset.recipe.Camera;

/**
 * Mean and variance are those of the camera's formula: the variance grows with the signal (EMVA
 * 1288).
 */
class CameraModelTest {

	private static final int SIDE = 256;

	private static int[] flat(final Camera camera, final float brightness, final long seed) {
		final float[] light = new float[SIDE * SIDE];
		Arrays.fill(light, brightness);
		return new CameraModel(camera).take(light, SIDE, SIDE, seed);
	}

	@ParameterizedTest
	@CsvSource({ "0.0, 0, 3", "0.02, 1, 3", "0.1, 5, 2", "0.5, 0, 2", "1.0, 20, 4" })
	void noiseHasItsMeanAndVariance(final float brightness, final double background,
		final double readNoise)
	{
		final double gain = 2.5;
		final int[] grey = flat(new Camera(0, 400, background, readNoise, gain, 200), brightness, 9);
		final double electrons = 400 * brightness + background;
		final double mean = Arrays.stream(grey).average().orElseThrow();
		final double variance = Arrays.stream(grey)
			.mapToDouble(value -> (value - mean) * (value - mean)).average().orElseThrow();
		final double expected = gain * gain * (electrons + readNoise * readNoise) + 1 / 12.0;
		assertEquals(200 + gain * electrons, mean, 5 * Math.sqrt(expected) / SIDE);
		assertEquals(expected, variance, 0.04 * expected);
	}

	@Test
	void theSeedDecides() {
		final Camera camera = new Camera(1, 100, 2, 2, 1, 100);
		assertArrayEquals(flat(camera, 0.5f, 1), flat(camera, 0.5f, 1));
		assertFalse(Arrays.equals(flat(camera, 0.5f, 1), flat(camera, 0.5f, 2)));
	}

	@Test
	void blurSpreadsAPointAndKeepsItsLight() {
		final float[] light = new float[SIDE * SIDE];
		light[SIDE * SIDE / 2 + SIDE / 2] = 1;
		final int[] grey =
			new CameraModel(new Camera(2, 1e6, 0, 0, 0.01, 0)).take(light, SIDE, SIDE, 1);
		final double sum = Arrays.stream(grey).sum();
		assertEquals(10000, sum, 150);
		// a Gaussian of two dimensions has its peak at 1 / (2 pi sigma^2)
		assertEquals(10000 / (2 * Math.PI * 4), Arrays.stream(grey).max().orElseThrow(), 15);
	}

	@Test
	void sixteenBitsDoNotOverflow() {
		assertEquals(65535,
			Arrays.stream(flat(new Camera(0, 1e6, 0, 0, 100, 0), 1, 1)).max().orElseThrow());
	}
}
