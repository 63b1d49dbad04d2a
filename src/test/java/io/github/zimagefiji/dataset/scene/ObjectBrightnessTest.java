
package io.github.zimagefiji.dataset.scene;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.process.FloatProcessor;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Variation;

/**
 * Objects of known light: a factor for each, nothing elsewhere, and no step between.
 */
class ObjectBrightnessTest {

	private static final int WIDTH = 160;
	private static final int HEIGHT = 96;
	private static final int RADIUS = 14;
	private static final int[][] CENTRES = { { 36, 48 }, { 120, 40 } };
	/**
	 * Farther from all objects, in both directions, their light does not reach.
	 */
	private static final int FAR = 24;

	private static double distance(final int pixel, final int object) {
		return Math.hypot(pixel % WIDTH - CENTRES[object][0], pixel / WIDTH - CENTRES[object][1]);
	}

	private static Scene scene() {
		final int[] labels = new int[WIDTH * HEIGHT];
		for (int i = 0; i < labels.length; i++)
			labels[i] = distance(i, 0) < RADIUS ? 1 : distance(i, 1) < RADIUS ? 2 : 0;
		return new Scene("two", WIDTH, HEIGHT, labels, List.of("a", "b"));
	}

	/** Three channels: objects of 0.8, 0.5 and 0.1 on a background of 0.1. */
	private static float[] picture(final Scene scene, final double blur) {
		final int pixels = scene.labels().length;
		final float[] samples = new float[3 * pixels];
		final float[] light = { 0.8f, 0.5f, 0.1f };
		for (int channel = 0; channel < 3; channel++) {
			final FloatProcessor plane = new FloatProcessor(WIDTH, HEIGHT);
			for (int i = 0; i < pixels; i++)
				plane.setf(i, scene.labels()[i] > 0 ? light[channel] : 0.1f);
			if (blur > 0) plane.blurGaussian(blur);
			System.arraycopy(plane.getPixels(), 0, samples, channel * pixels, pixels);
		}
		return samples;
	}

	private static ObjectBrightness light(final double least, final double most) {
		return new ObjectBrightness(new Variation(new Range(least, most)));
	}

	private static float at(final float[] samples, final int channel, final int x, final int y) {
		return samples[channel * WIDTH * HEIGHT + y * WIDTH + x];
	}

	@Test
	void eachObjectHasAFactorOfItsOwnInAllChannels() {
		final Scene scene = scene();
		final float[] samples = picture(scene, 0);
		final double[] factors = light(0.4, 1).factors(2, 7);
		final float[] varied = light(0.4, 1).vary(samples, scene, 7);
		assertTrue(Math.abs(factors[0] - factors[1]) > 0.05, Arrays.toString(factors));
		for (int object = 0; object < 2; object++) {
			final int x = CENTRES[object][0];
			final int y = CENTRES[object][1];
			assertEquals(0.1 + factors[object] * 0.7, at(varied, 0, x, y), 1e-5);
			assertEquals(0.1 + factors[object] * 0.4, at(varied, 1, x, y), 1e-5);
			assertEquals(0.1f, at(varied, 2, x, y), "an object without light above the background");
		}
		assertArrayEquals(picture(scene, 0), samples, "what was given stays");
	}

	@Test
	void factorsAreDrawnEvenlyFromTheWholeRange() {
		final double[] factors = light(0.4, 1).factors(20000, 3);
		final double variance =
			Arrays.stream(factors).map(factor -> (factor - 0.7) * (factor - 0.7)).average().orElseThrow();
		assertTrue(Arrays.stream(factors).allMatch(factor -> factor >= 0.4 && factor < 1));
		assertEquals(0.4, Arrays.stream(factors).min().orElseThrow(), 0.001);
		assertEquals(1, Arrays.stream(factors).max().orElseThrow(), 0.001);
		assertEquals(0.7, Arrays.stream(factors).average().orElseThrow(), 0.005);
		assertEquals(0.6 * 0.6 / 12, variance, 0.001);
		assertArrayEquals(Arrays.copyOf(factors, 5), light(0.4, 1).factors(5, 3),
			"whatever objects come after");
	}

	/**
	 * Textured, so that what is brighter than the background's level is among it.
	 */
	@Test
	void theBackgroundBeyondTheObjectsLightStaysToTheBit() {
		final Scene scene = scene();
		final float[] samples = picture(scene, 1.5);
		final Random random = new Random(5);
		for (int i = 0; i < samples.length; i++)
			samples[i] += 0.1f * random.nextFloat();
		final float[] varied = light(0.4, 0.4).vary(samples, scene, 1);
		final float[] levels = new float[3];
		int far = 0;
		for (int i = 0; i < samples.length; i++) {
			final int pixel = i % (WIDTH * HEIGHT);
			assertTrue(varied[i] <= samples[i], "nothing becomes brighter");
			if (Math.min(distance(pixel, 0), distance(pixel, 1)) < RADIUS + FAR) continue;
			assertEquals(samples[i], varied[i], "sample " + i);
			levels[i / (WIDTH * HEIGHT)] = Math.max(levels[i / (WIDTH * HEIGHT)], samples[i]);
			far++;
		}
		assertTrue(far > 3 * 2000 && levels[2] > 0.19, far + " samples, brightest " + levels[2]);
	}

	@Test
	void whatIsDarkerThanTheBackgroundStaysAndNothingSinksBelowIt() {
		final Scene scene = scene();
		final float[] samples = picture(scene, 0);
		for (int i = 0; i < samples.length; i++)
			if (distance(i % (WIDTH * HEIGHT), 0) < 5) samples[i] = 0.02f;
		final float[] varied = light(0.05, 0.05).vary(samples, scene, 1);
		for (int i = 0; i < samples.length; i++)
			if (samples[i] <= 0.1f) assertEquals(samples[i], varied[i]);
			else assertTrue(varied[i] >= 0.1f, "sample " + i + ": " + varied[i]);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 1, 2, 3, 5 })
	void anObjectsEdgeFallsWithoutAStepOrARim(final double blur) {
		final Scene scene = scene();
		final float[] samples = picture(scene, blur);
		final float[] varied = light(0.4, 0.4).vary(samples, scene, 1);
		for (int x = CENTRES[0][0]; x < CENTRES[0][0] + 40; x++) {
			final float here = at(varied, 0, x, CENTRES[0][1]);
			final float next = at(varied, 0, x + 1, CENTRES[0][1]);
			final float before = at(samples, 0, x, CENTRES[0][1]) - at(samples, 0, x + 1, CENTRES[0][1]);
			assertTrue(next <= here + 1e-6, "a rim at " + x + ": " + here + ", " + next);
			assertTrue(here - next <= before + 1e-6,
				"a step at " + x + ": " + (here - next) + " instead of " + before);
		}
	}

	/**
	 * Between the halves of one evenly bright area, of which each is an object.
	 */
	@Test
	void theFactorsOfTouchingObjectsGoOverIntoEachOther() {
		final int[] labels = new int[64 * 64];
		for (int i = 0; i < labels.length; i++)
			labels[i] = i % 64 < 32 ? 1 : 2;
		final float[] samples = new float[3 * labels.length];
		Arrays.fill(samples, 0.5f);
		final Scene scene = new Scene("halves", 64, 64, labels, List.of("a", "b"));
		final double[] factors = light(0.2, 1).factors(2, 4);
		final float[] varied = light(0.2, 1).vary(samples, scene, 4);
		final double sign = Math.signum(factors[1] - factors[0]);
		assertEquals(0.5 * factors[0], varied[32 * 64 + 20], 1e-5,
			"without background, all of the light counts");
		assertEquals(0.5 * factors[1], varied[32 * 64 + 44], 1e-5);
		assertEquals(0.25 * (factors[0] + factors[1]),
			(varied[32 * 64 + 31] + varied[32 * 64 + 32]) / 2, 1e-5);
		for (int x = 20; x < 44; x++) {
			final double step = sign * (varied[32 * 64 + x + 1] - varied[32 * 64 + x]);
			assertTrue(step >= -1e-6 && step <= 0.4 * 0.5 * Math.abs(factors[1] - factors[0]),
				"step at " + x + ": " + step);
		}
	}

	@Test
	void theSeedDecides() {
		final Scene scene = scene();
		final float[] samples = picture(scene, 1);
		assertArrayEquals(light(0.4, 1).vary(samples, scene, 11),
			light(0.4, 1).vary(samples, scene, 11));
		assertFalse(Arrays.equals(light(0.4, 1).vary(samples, scene, 11),
			light(0.4, 1).vary(samples, scene, 12)));
		assertArrayEquals(samples, light(1, 1).vary(samples, scene, 11),
			"a factor of 1 changes nothing");
	}
}
