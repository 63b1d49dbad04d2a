
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.TextToImageRequest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What the image should show, and how it is sampled. */
final class RequestOptions {

	/** PyTorch's generator on a processor uses no more than 32 bits of a seed. */
	private static final long SEEDS = 1L << 32;

	@ArgGroup(multiplicity = "1")
	private PromptOptions prompt;

	@Option(names = "--negative", paramLabel = "TEXT", defaultValue = "",
		description = "What to avoid; has an effect only with guidance above 0.")
	private String negative;

	@Option(names = "--steps", paramLabel = "N",
		description = "Sampling steps, 1 to 1000. Default: as the model needs (Turbo 8, base 50, built-in demo 16).")
	private Integer steps;

	@Option(names = "--guidance", paramLabel = "X",
		description = "Guidance scale; 0 is off. Default: as the model needs (Turbo 0, base 4, built-in demo 1, for " +
			"control and editing 0).")
	private Double guidance;

	@Option(names = "--cfg-normalization", paramLabel = "X", defaultValue = "0",
		description = "Largest norm of the guided prediction relative to the unguided one; 0 is off. " +
			"Default: ${DEFAULT-VALUE}.")
	private double cfgNormalization;

	@Option(names = "--cfg-truncation", paramLabel = "X", defaultValue = "1",
		description = "Normalized time (0 to 1) after which guidance is dropped. Default: ${DEFAULT-VALUE} (never).")
	private double cfgTruncation;

	@Option(names = "--sigmas", paramLabel = "a,b,…", split = ",", hideParamSyntax = true,
		description = "Noise levels before the scheduler's shift, decreasing within (0, 1]; one step for each.")
	private List<Double> sigmas;

	@Option(names = "--max-tokens", paramLabel = "N", defaultValue = "512",
		description = "Longest prompt in tokens; what is beyond is dropped. Default: ${DEFAULT-VALUE}.")
	private int maxTokens;

	@Option(names = "--seed", paramLabel = "N",
		description = "Seed of the first image; the next ones use N + 1, and so on. Default: drawn and printed.")
	private Long seed;

	@Option(names = "--count", paramLabel = "N", defaultValue = "1",
		description = "Number of images. Default: ${DEFAULT-VALUE}.")
	private int count;

	/**
	 * Begins the request; size and LoRAs are still to be added.
	 *
	 * @throws InvalidInputException if the prompt cannot be read
	 */
	TextToImageRequest.Builder builder() {
		return TextToImageRequest.builder(prompt.text())
			.negativePrompt(PromptOptions.readable(negative, "negative prompt")).steps(steps)
			.guidance(guidance).cfgNormalization(cfgNormalization).cfgTruncation(cfgTruncation)
			.sigmas(sigmas).maxTokens(maxTokens)
			.seed(seed == null ? ThreadLocalRandom.current().nextLong(SEEDS) : seed).count(count);
	}

	/** The file that holds the prompt, if it is in one. */
	Optional<Path> promptFile() {
		return prompt.file();
	}
}
