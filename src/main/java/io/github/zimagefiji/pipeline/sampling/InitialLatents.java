
package io.github.zimagefiji.pipeline.sampling;

import java.util.Arrays;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Where the sampling of one image begins.
 *
 * @param latents before the first step; changed by the steps
 * @param kept keeps parts of an image after each evaluation; null if nothing is kept
 */
public record InitialLatents(float[] latents, LatentBlend kept) {

	/**
	 * Noise of the request's seeds, or given noise.
	 *
	 * @param image number of the image within the request, from 0
	 */
	public static InitialLatents noise(final TextToImageRequest request, final int size,
		final int image)
	{
		final float[] given = request.latents();
		if (given != null)
			return new InitialLatents(Arrays.copyOfRange(given, image * size, (image + 1) * size), null);
		return new InitialLatents(new TorchRandom(request.seed() + image).normal(size), null);
	}

	/**
	 * An image, as noisy as a schedule begins.
	 *
	 * @param seed of this image
	 * @param type of the weights
	 * @param mask (rows, columns): 1 where something new comes; null for everywhere
	 */
	public static InitialLatents image(final ImageLatents latents, final Schedule schedule,
		final long seed, final TensorType type, final float[] mask)
	{
		final ImageNoise random = new ImageNoise(new TorchRandom(seed), type);
		final float[] image = latents.sample(random);
		final float[] noise = random.draw(image.length);
		return new InitialLatents(schedule.noised(image, noise, 0),
			mask == null ? null : new LatentBlend(schedule, mask, image, noise));
	}

	/** Puts back what is kept of an image, at the noise level after a step. */
	public void blend(final int step) {
		if (kept != null) kept.apply(step, latents);
	}
}
