
package io.github.zimagefiji.cli.generate;

import java.util.List;

import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.service.LoraText;
import picocli.CommandLine.Option;

/** Which LoRAs change the model. */
final class LoraOptions {

	@Option(names = "--lora", paramLabel = "FILE[:X][:partial]",
		description = "A LoRA (.safetensors) and how much of it to add, -100 to 100, 1 if not said. A file of which only a " +
			"part fits the model is refused, unless :partial is written behind it. May be given several times.")
	private List<String> loras = List.of();

	/**
	 * Gives the LoRAs in order.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if a scale is not a number from -100
	 *           to 100
	 */
	List<LoraChoice> choices() {
		return loras.stream().map(LoraText::choice).toList();
	}
}
