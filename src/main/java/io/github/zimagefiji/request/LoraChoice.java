
package io.github.zimagefiji.request;

import java.nio.file.Path;
import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Key;

/**
 * A LoRA (arXiv 2106.09685) that is to change the transformer.
 *
 * @param file in safetensors format
 * @param scale 1 for as much as it was trained with; 0 for nothing; may be negative;
 *          -{@value #LARGEST_SCALE} to {@value #LARGEST_SCALE}
 * @param partial whether a file of which only some tensors fit the model is to be used with those;
 *          else it is refused
 */
public record LoraChoice(Path file, @Key(usual = "1") double scale,
		@Key(usual = "false", quiet = true) boolean partial)
{

	/** More than any LoRA bears. */
	public static final double LARGEST_SCALE = 100;

	/** What is written behind a file's name to set {@link #partial}. */
	public static final String PARTIAL = ":partial";

	/**
	 * @throws InvalidInputException if the scale is not a finite number, or too large
	 */
	public LoraChoice {
		Objects.requireNonNull(file, "file");
		checkScale(file, scale);
	}

	/** A file that is refused unless all of it fits. */
	public LoraChoice(final Path file, final double scale) {
		this(file, scale, false);
	}

	/**
	 * Checks how much of a LoRA is wanted.
	 *
	 * @throws InvalidInputException if the scale is not a finite number, or too large
	 */
	public static void checkScale(final Path file, final double scale) {
		if (!(Math.abs(scale) <= LARGEST_SCALE))
			throw new InvalidInputException("The scale of the LoRA " + file + " is " + scale +
				"; it must be a number from -100 to 100, such as 1.");
	}
}
