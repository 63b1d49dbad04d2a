
package io.github.zimagefiji.hub.builtin;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;

import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.lora.PlacedLora;

/** How strongly LoRAs change a model, and what of them it does not know. */
public final class LoraAdvice {

	private LoraAdvice() {
		// only static methods
	}

	/**
	 * Says how strongly LoRA files change a model.
	 *
	 * @param model folder of the model that they are to change
	 * @return a sentence for each file
	 * @throws io.github.zimagefiji.error.InvalidInputException if a file cannot be used, or was made
	 *           for another model
	 */
	public static List<String> strengths(final Path model, final List<LoraChoice> loras) {
		return placed(model, loras,
			(lora, placed) -> "The LoRA " + lora.file() + " changes " + placed.layers().size() +
				" layers with the strength " + placed.strength() + " (" + placed.strengthSource() +
				") times " + lora.scale() + ".");
	}

	/**
	 * Looks at the headers of LoRA files.
	 *
	 * @param model folder of the model that they are to change
	 * @return a sentence for each file of which tensors are left out, with their number and the first
	 *         names
	 * @throws io.github.zimagefiji.error.InvalidInputException if a file cannot be used, or was made
	 *           for another model
	 */
	public static List<String> on(final Path model, final List<LoraChoice> loras) {
		return placed(model, loras, (lora, placed) -> placed.warning()).stream()
			.filter(warning -> !warning.isEmpty()).toList();
	}

	private static List<String> placed(final Path model, final List<LoraChoice> loras,
		final BiFunction<LoraChoice, PlacedLora, String> say)
	{
		if (loras.isEmpty()) return List.of();
		final Checkpoint transformer = Checkpoint.open(model.resolve("transformer"));
		return loras.stream().map(lora -> say.apply(lora, PlacedLora.of(lora, transformer))).toList();
	}
}
