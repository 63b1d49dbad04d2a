
package io.github.zimagefiji.request;

import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A picture that a request starts from.
 *
 * @param name for people and provenance: a title or a file's name
 * @param width pixels
 * @param height pixels
 * @param samples (3, height, width): red, green, blue planes, row-major, each in [0, 1]; not copied
 * @param mapping how the samples came from the picture's own values
 */
public record InputImage(String name, int width, int height, float[] samples,
		IntensityMapping mapping)
{

	/**
	 * @throws InvalidInputException if there are no pixels, another number of samples, or one outside
	 *           [0, 1]
	 */
	public InputImage {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(mapping, "mapping");
		if (width < 1 || height < 1 || samples.length != 3L * width * height)
			throw new InvalidInputException("The image \"" + name + "\" of " + width + " × " + height +
				" pixels has " + samples.length + " samples; 3 for each pixel are needed.");
		for (final float sample : samples) {
			if (!(sample >= 0 && sample <= 1)) throw new InvalidInputException("The image \"" + name +
				"\" holds the sample " + sample +
				"; all must be between 0 (black) and 1 (full). Choose another intensity range, or replace the pixels " +
				"that are no numbers.");
		}
	}

	/**
	 * SHA-256 of the samples as little-endian float32: 64 lower-case hexadecimal digits.
	 */
	public String sha256() {
		return SampleDigest.of(samples);
	}
}
