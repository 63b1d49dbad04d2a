
package io.github.zimagefiji.golden;

import java.awt.image.BufferedImage;

import io.github.zimagefiji.request.TextToImageRequest;

/**
 * The reference's run of 8 steps without guidance, and whether something else came to the same
 * result.
 */
public final class ReferenceRun {

	/** What was asked for. */
	public static final String PROMPT =
		"A photo of an astronaut riding a horse on mars, 35mm film, golden hour.";
	/** Pixels. */
	public static final int WIDTH = 64;
	/** Pixels. */
	public static final int HEIGHT = 96;
	/** Sampling steps. */
	public static final int STEPS = 8;
	/** Of PyTorch's generator on a processor. */
	public static final long SEED = 43;

	private static final Golden GOLDEN = Golden.of("loop_turbo_n8");
	private static final String IMAGE = "image_uint8";
	private static final String LATENTS = "latents.step7";

	private ReferenceRun() {
		// only static methods
	}

	/** The request that repeats the run. */
	public static TextToImageRequest request() {
		return TextToImageRequest.builder(PROMPT).size(WIDTH, HEIGHT).steps(STEPS).seed(SEED).build();
	}

	/**
	 * Asserts that an image differs by one level at most, in fewer than one value of a thousand.
	 */
	public static void assertImage(final String madeBy, final BufferedImage image) {
		Parity.assertImage(GOLDEN.name(), IMAGE + " by " + madeBy, GOLDEN.floats(IMAGE), levels(image));
	}

	/**
	 * Asserts that the latents after the last step, (1, 16, height / 8, width / 8), agree.
	 */
	public static void assertLatents(final String madeBy, final float[] latents) {
		Parity.record(GOLDEN.name(), LATENTS + " by " + madeBy, "of rms",
			Parity.distance(GOLDEN.floats(LATENTS), latents), Parity.LOOP);
	}

	/** (height, width, 3): 0 to 255. */
	public static float[] levels(final BufferedImage image) {
		final float[] levels = new float[image.getHeight() * image.getWidth() * 3];
		for (int i = 0; i < levels.length; i++) {
			final int pixel = i / 3;
			final int rgb = image.getRGB(pixel % image.getWidth(), pixel / image.getWidth());
			levels[i] = rgb >> 8 * (2 - i % 3) & 0xff;
		}
		return levels;
	}
}
