
package io.github.zimagefiji.request;

import java.util.List;
import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Where an image is to be painted anew.
 *
 * @param name for people and provenance
 * @param width pixels
 * @param height pixels
 * @param values (height, width), row-major, each in [0, 1]; from 0.5 on a pixel is painted anew;
 *          not copied
 */
public record InputMask(String name, int width, int height, float[] values) {

	/** From here on a pixel is painted anew. */
	public static final float THRESHOLD = 0.5f;

	/**
	 * @throws InvalidInputException if the number of values is wrong, one is outside [0, 1], or no
	 *           pixel is to be painted
	 */
	public InputMask {
		Objects.requireNonNull(name, "name");
		if (width < 1 || height < 1 || values.length != (long) width * height)
			throw new InvalidInputException("The mask \"" + name + "\" of " + width + " × " + height +
				" pixels has " + values.length + " values; one for each pixel is needed.");
		boolean any = false;
		for (final float value : values) {
			if (!(value >= 0 && value <= 1)) throw new InvalidInputException(
				"The mask \"" + name + "\" holds the value " + value + "; all must be between 0 and 1.");
			any |= value >= THRESHOLD;
		}
		if (!any) throw new InvalidInputException("The mask \"" + name +
			"\" is empty: no pixel of it says where to paint. Select an area, or draw the mask in white on black.");
	}

	/** Whether a pixel is painted anew. */
	public boolean isPainted(final int index) {
		return values[index] >= THRESHOLD;
	}

	/** Whether the whole image is painted anew. */
	public boolean coversAll() {
		for (final float value : values)
			if (value < THRESHOLD) return false;
		return true;
	}

	/**
	 * What to say about a mask that covers everything, which is rarely meant; empty for others.
	 */
	public List<String> cautions() {
		return coversAll()
			? List.of("The mask \"" + name + "\" covers the whole image: every pixel is painted anew.")
			: List.of();
	}

	/**
	 * SHA-256 of the values as little-endian float32: 64 lower-case hexadecimal digits.
	 */
	public String sha256() {
		return SampleDigest.of(values);
	}

	/**
	 * Refuses a mask that does not lie on an image.
	 *
	 * @throws InvalidInputException if the sizes differ
	 */
	void checkFits(final InputImage image) {
		if (width == image.width() && height == image.height()) return;
		throw new InvalidInputException("The mask \"" + name + "\" has " + width + " × " + height +
			" pixels, but the image \"" + image.name() + "\" has " + image.width() + " × " +
			image.height() + ". Both must have the same size.");
	}
}
