
package io.github.zimagefiji.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.LoraChoice;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.LoraFile;
import io.github.zimagefiji.weights.PlacedLora;

/** What of a LoRA a model does not know. */
public final class LoraAdvice {

	private LoraAdvice() {
		// only on()
	}

	/**
	 * Looks at the headers of LoRA files.
	 *
	 * @param model folder of the model that they are to change
	 * @return a sentence for each file of which tensors are left out, with their
	 *         number and the first names
	 * @throws io.github.zimagefiji.InvalidInputException if a file cannot be
	 *           used, or was made for another model
	 */
	public static List<String> on(final Path model,
		final List<LoraChoice> loras)
	{
		final List<String> result = new ArrayList<>();
		if (loras.isEmpty()) return result;
		final Checkpoint transformer = Checkpoint.open(model.resolve(
			"transformer"));
		for (final LoraChoice lora : loras) {
			final String warning = PlacedLora.of(LoraFile.open(lora.file()),
				transformer).warning();
			if (!warning.isEmpty()) result.add(warning);
		}
		return result;
	}
}
