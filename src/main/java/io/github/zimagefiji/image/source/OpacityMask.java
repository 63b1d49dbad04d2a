
package io.github.zimagefiji.image.source;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.StoredImage;
import io.github.zimagefiji.request.InputMask;

/**
 * A mask of a file with transparency. Where all that can be seen has one colour, whichever, the
 * opacity is the mask. Otherwise colour and opacity say different things, and the file is refused.
 */
final class OpacityMask {

	/** Colours that differ by less, of 1, are one. */
	private static final float TOLERANCE = 0.02f;

	private OpacityMask() {
		// only of()
	}

	/**
	 * The opacity as a mask.
	 *
	 * @param stored an image of one channel, or RGB, that is somewhere transparent
	 * @throws InvalidInputException if nothing can be seen of it, or several colours
	 */
	static InputMask of(final StoredImage stored) {
		final String name = stored.image().getTitle();
		final ImageProcessor plane = stored.image().getProcessor();
		final float[] opacity = stored.opacity();
		final float[] least = { 1, 1, 1 };
		final float[] most = new float[3];
		boolean any = false;
		for (int i = 0; i < opacity.length; i++) {
			if (opacity[i] < InputMask.THRESHOLD) continue;
			any = true;
			for (int channel = 0; channel < 3; channel++) {
				final float sample = sample(plane, i, channel);
				least[channel] = Math.min(least[channel], sample);
				most[channel] = Math.max(most[channel], sample);
			}
		}
		if (!any) throw new InvalidInputException("The mask \"" + name +
			"\" is empty: it is transparent everywhere. Draw the mask in white on black.");
		for (int channel = 0; channel < 3; channel++) {
			if (most[channel] - least[channel] > TOLERANCE)
				throw new InvalidInputException("The mask \"" + name +
					"\" has transparent pixels and several colours, so that it cannot be said which of them mark the place to " +
					"paint. Save it in white on black without transparency, or in one colour on a transparent background.");
		}
		return new InputMask(name, plane.getWidth(), plane.getHeight(), opacity);
	}

	/** From 0 to 1; of numbers that have no such end, the number itself. */
	private static float sample(final ImageProcessor plane, final int i, final int channel) {
		if (plane instanceof ColorProcessor) return (plane.get(i) >> 8 * channel & 0xff) / 255f;
		return switch (plane.getBitDepth()) {
			case 8 -> (plane.getColorModel().getRGB(plane.get(i)) >> 8 * channel & 0xff) / 255f;
			case 16 -> plane.get(i) / 65535f;
			default -> plane.getf(i);
		};
	}
}
