
package io.github.zimagefiji.image.source;

import java.nio.file.Path;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;

/**
 * A plane of whole numbers as a segmentation gives them: like a {@link LabelImage}, but there may
 * be no object at all.
 *
 * @param name for people
 * @param width pixels
 * @param height pixels
 * @param labels (height, width), row-major, 0 to {@value LabelImage#LARGEST}; not copied
 */
public record LabelPlane(String name, int width, int height, int[] labels) {

	/**
	 * Takes a plane of an 8-bit, 16-bit or 32-bit image with whole numbers, which are those of its
	 * density calibration where it has one; lookup tables do not matter. Of several channels, the
	 * chosen or shown one counts.
	 *
	 * @throws InvalidInputException if it is RGB, holds other numbers, or has no such plane
	 */
	public static LabelPlane of(final ImagePlus image, final PlaneChoice choice) {
		final ImageProcessor plane = SourcePlane.one(image, choice);
		if (plane instanceof ColorProcessor)
			throw new InvalidInputException("The image \"" + image.getTitle() +
				"\" is in colour, but labels are numbers. Choose an 8-bit, 16-bit or 32-bit image.");
		final float[] values = CalibratedPlane.values(image, plane);
		final int[] labels = new int[values.length];
		for (int i = 0; i < labels.length; i++) {
			final float value = values[i];
			if (!(value >= 0 && value <= LabelImage.LARGEST) || value != (int) value)
				throw new InvalidInputException("The label image \"" + image.getTitle() + "\" holds " +
					value + " at x = " + i % plane.getWidth() + ", y = " + i / plane.getWidth() +
					"; labels are whole numbers from 0 (background) to " + LabelImage.LARGEST + ".");
			labels[i] = (int) value;
		}
		return new LabelPlane(image.getTitle(), plane.getWidth(), plane.getHeight(), labels);
	}

	/**
	 * Reads a file; see {@link SourceImage#open} for formats.
	 *
	 * @throws InvalidInputException as {@link #of}, and if the file cannot be read
	 */
	public static LabelPlane open(final Path file, final PlaneChoice choice) {
		return of(ImageFile.labels(file, choice), PlaneChoice.SHOWN);
	}
}
