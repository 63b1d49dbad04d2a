
package io.github.zimagefiji;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A LoRA (arXiv 2106.09685) that is to change the transformer.
 *
 * @param file in safetensors format
 * @param scale 1 for as much as it was trained with; 0 for nothing; may be
 *          negative
 */
public record LoraChoice(Path file, double scale) {

	/** @throws InvalidInputException if the scale is not a finite number */
	public LoraChoice {
		Objects.requireNonNull(file, "file");
		if (!Double.isFinite(scale)) throw new InvalidInputException(
			"The scale of the LoRA " + file + " is " + scale +
				"; it must be a number, such as 1.");
	}
}
