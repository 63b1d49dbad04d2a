
package io.github.zimagefiji.pipeline.picture;

import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/**
 * Puts what was painted into the image that it was painted for. Outside the mask every sample is
 * the image's own; over the feather, old and new are mixed by the distance from the mask's edge.
 *
 * @param image the image
 * @param share (height, width): how much of each pixel is new, 0 to 1
 */
public record PasteBack(InputImage image, float[] share) {

	/**
	 * @param feather pixels inside the mask's edge over which old and new are mixed; 0 for a hard
	 *          edge
	 */
	public static PasteBack of(final InputImage image, final InputMask mask, final int feather) {
		final boolean[] inside = new boolean[mask.values().length];
		for (int i = 0; i < inside.length; i++) {
			inside[i] = mask.isPainted(i);
		}
		final float[] share = new float[inside.length];
		final float[] distance =
			feather == 0 ? null : EdgeDistance.of(inside, mask.width(), mask.height());
		for (int i = 0; i < share.length; i++) {
			share[i] = !inside[i] ? 0 : distance == null ? 1 : Math.min(1, distance[i] / (feather + 1));
		}
		return new PasteBack(image, share);
	}

	/**
	 * The image with the new part in it.
	 *
	 * @param painted (3, height, width), of the image's size; 0 is black and 1 full
	 */
	public float[] compose(final float[] painted) {
		final float[] old = image.samples();
		final float[] result = new float[painted.length];
		for (int i = 0; i < result.length; i++) {
			final float part = share[i % share.length];
			if (part == 0) result[i] = old[i];
			else result[i] = part == 1 ? painted[i] : part * painted[i] + (1 - part) * old[i];
		}
		return result;
	}
}
