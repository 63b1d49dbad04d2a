
package io.github.zimagefiji.pipeline;

import java.util.Locale;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.picture.LatentShape;

/**
 * Whether a request's images fit into Java's own memory, where they are collected until the last
 * one is done, and into Java's arrays.
 *
 * @param image bytes that each finished image keeps
 * @param working bytes that one image needs in passing
 * @param most images whose latents fit one array
 */
public record ResultSize(long image, long working, long most) {

	/** Red, green and blue as float. */
	private static final long PIXEL = 12;

	public static ResultSize of(final LatentShape shape, final int width, final int height) {
		final long pixels = PIXEL * width * height;
		// An image passes once as bytes on its way from the engine.
		return new ResultSize(pixels + 4L * shape.size(), pixels, Integer.MAX_VALUE / shape.size());
	}

	/**
	 * Refuses what cannot be held.
	 *
	 * @param count number of images
	 * @param available bytes that Java may take in all
	 * @throws InvalidInputException with the number of images that would fit
	 */
	public void check(final int count, final long available) {
		final long needed = working + count * image;
		if (needed <= available && count <= most) return;
		final long fits = Math.min(most, (available - working) / image);
		throw new InvalidInputException(String.format(Locale.ROOT,
			"%d images of this size need %.1f GB of Java's memory, but Java may take only %.1f GB. %s",
			count, needed / 1e9, available / 1e9,
			fits >= 1 ? "Ask for at most " + fits + " at a time, or start Java with a larger -Xmx."
				: "Choose a smaller image, or start Java with a larger -Xmx."));
	}
}
