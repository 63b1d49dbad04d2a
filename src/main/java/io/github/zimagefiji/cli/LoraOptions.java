
package io.github.zimagefiji.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.LoraChoice;
import picocli.CommandLine.Option;

/** Which LoRAs change the model. */
final class LoraOptions {

	@Option(names = "--lora", paramLabel = "FILE[:X]",
		description = "A LoRA (.safetensors) and how much of it to add, 1 if not said. May be given several times.")
	private List<String> loras = List.of();

	/**
	 * Gives the LoRAs in order.
	 *
	 * @throws InvalidInputException if a scale is no finite number
	 */
	List<LoraChoice> choices() {
		return loras.stream().map(LoraOptions::choice).toList();
	}

	/**
	 * What follows the last colon is the scale if it is a number, so that
	 * {@code C:\a.safetensors} is a file.
	 */
	static LoraChoice choice(final String text) {
		final int colon = text.lastIndexOf(':');
		if (colon > 0) {
			try {
				return new LoraChoice(file(text.substring(0, colon)), Double
					.parseDouble(text.substring(colon + 1)));
			}
			catch (final NumberFormatException e) {
				// part of the name
			}
		}
		return new LoraChoice(file(text), 1);
	}

	private static Path file(final String text) {
		try {
			return Path.of(text);
		}
		catch (final InvalidPathException e) {
			throw new InvalidInputException("The LoRA \"" + text +
				"\" is not the name of a file. Check its letters.", e);
		}
	}
}
