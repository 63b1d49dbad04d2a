
package io.github.zimagefiji.request;

import java.util.Arrays;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;

/** Which of an image's values become black and full. */
public enum IntensityRange implements Labelled {

		/**
		 * As the image is displayed: the limits of Brightness/Contrast. Files and ImgLib2 images
		 * without them: as {@link #FULL}.
		 */
		DISPLAY,
		/** The 0.35th and the 99.65th percentile of each channel's values. */
		PERCENTILES,
		/**
		 * Everything that 8 or 16 bits hold; for floating point, from the least to the largest value of
		 * the image.
		 */
		FULL;

	/**
	 * The range of a label.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public static IntensityRange of(final String label) {
		return Labelled.find(values(), label)
			.orElseThrow(() -> new InvalidInputException(
				"The intensity range \"" + label + "\" is not known. Use one of " +
					Arrays.stream(values()).map(IntensityRange::label).collect(Collectors.joining(", ")) +
					"."));
	}
}
