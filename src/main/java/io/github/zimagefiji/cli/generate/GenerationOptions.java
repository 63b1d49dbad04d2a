
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.TextToImageRequest;
import picocli.CommandLine.Mixin;

/**
 * What every subcommand that makes images has: prompt and sampling, LoRAs, the model, the output.
 */
final class GenerationOptions {

	@Mixin
	private RequestOptions request;

	@Mixin
	private LoraOptions loras;

	@Mixin
	private ModelOptions model;

	@Mixin
	private OutputOptions output;

	/**
	 * Makes the request for prompt and sampling; its size is left to the model.
	 *
	 * @throws InvalidInputException if the prompt cannot be read, or a LoRA's scale is invalid
	 */
	TextToImageRequest.Builder text() {
		return request.builder().loras(loras.choices());
	}

	/** Files that are read, beside the model's and those of the subcommand. */
	List<Path> reads() {
		return Stream
			.concat(loras.choices().stream().map(LoraChoice::file), request.promptFile().stream())
			.toList();
	}

	ModelOptions model() {
		return model;
	}

	OutputOptions output() {
		return output;
	}
}
