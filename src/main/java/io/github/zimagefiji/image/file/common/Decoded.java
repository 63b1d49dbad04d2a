
package io.github.zimagefiji.image.file.common;

import ij.ImagePlus;

/**
 * What a file holds: one slice and frame.
 *
 * @param image with all channels, as they are stored
 * @param opacity (height, width), row-major, 0 to 1; null if the file says nothing of transparency
 * @param lossy whether it was packed in a way that changes numbers a little
 */
public record Decoded(ImagePlus image, float[] opacity, boolean lossy) {

	/** What is stored number by number. */
	public Decoded(final ImagePlus image, final float[] opacity) {
		this(image, opacity, false);
	}
}
