
package io.github.zimagefiji.image.source;

import java.nio.file.Path;
import java.util.BitSet;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;

/**
 * A plane of whole numbers, each of which marks the pixels of one object; 0 is background.
 *
 * @param name for people and provenance
 * @param width pixels
 * @param height pixels
 * @param labels (height, width), row-major, 0 to {@value #LARGEST}; not copied
 */
public record LabelImage(String name, int width, int height, int[] labels) {

	/** Above this, 32-bit floating point does not hold every whole number. */
	public static final int LARGEST = 1 << 24;

	/**
	 * @throws InvalidInputException if a label is out of range, or if there is no object
	 */
	public LabelImage {
		if (width < 1 || height < 1 || labels.length != (long) width * height)
			throw new InvalidInputException("The label image \"" + name + "\" of " + width + " × " +
				height + " pixels has " + labels.length + " labels.");
		boolean any = false;
		for (final int label : labels) {
			if (label < 0 || label > LARGEST)
				throw new InvalidInputException("The label image \"" + name + "\" holds the label " +
					label + "; labels are whole numbers from 0 (background) to " + LARGEST + ".");
			any |= label > 0;
		}
		if (!any) throw new InvalidInputException("The label image \"" + name +
			"\" holds no label: all pixels are 0, which is background. Choose another image.");
	}

	/**
	 * Takes a plane as {@link LabelPlane#of} does.
	 *
	 * @throws InvalidInputException if it is RGB, holds other numbers, or no label, or has no such
	 *           plane
	 */
	public static LabelImage of(final ImagePlus image, final PlaneChoice choice) {
		final LabelPlane plane = LabelPlane.of(image, choice);
		return new LabelImage(plane.name(), plane.width(), plane.height(), plane.labels());
	}

	/**
	 * Reads a file; see {@link SourceImage#open} for formats.
	 *
	 * @throws InvalidInputException as {@link #of}, and if the file cannot be read
	 */
	public static LabelImage open(final Path file, final PlaneChoice choice) {
		return of(ImageFile.labels(file, choice), PlaneChoice.SHOWN);
	}

	/** How many objects there are. */
	public int count() {
		final BitSet found = new BitSet();
		for (final int label : labels)
			found.set(label);
		found.clear(0);
		return found.cardinality();
	}
}
