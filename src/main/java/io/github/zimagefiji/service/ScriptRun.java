package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Precision;
import io.github.zimagefiji.TextToImageRequest;

/**
 * What a script asks for by name; see {@link ZImageService#generate(Map)} for the names. They are those of the provenance,
 * so that what an image says of itself can be given back.
 *
 * @param keep for a series: how many images stay in memory
 */
record ScriptRun(Path model, ComputeOptions compute, TextToImageRequest request, int keep) {

	private static final int DEFAULT_KEEP = 16;

	private static final Set<String> NAMES = new LinkedHashSet<>(Arrays.asList("prompt", "negative_prompt", "model",
		"width", "height", "steps", "guidance", "seed", "count", "cfg_normalization", "cfg_truncation", "sigmas",
		"max_tokens", "precision", "device", "threads", "keep"));

	/**
	 * Reads the values.
	 *
	 * @param builtIn the model if none is named
	 * @throws InvalidInputException if a name is unknown, or a value cannot be used
	 */
	static ScriptRun of(final Map<?, ?> given, final Supplier<Path> builtIn) {
		final NamedValues values = new NamedValues(given, NAMES);
		final ComputeOptions compute = compute(values);
		final TextToImageRequest request = request(values);
		return new ScriptRun(values.file("model").orElseGet(builtIn), compute, request, values.integer("keep").orElse(
			DEFAULT_KEEP));
	}

	private static ComputeOptions compute(final NamedValues values) {
		final ComputeOptions auto = ComputeOptions.AUTO;
		return new ComputeOptions(values.text("device").orElse(auto.device()), values.text("precision").map(Precision::of)
			.orElse(auto.precision()), values.integer("threads").orElse(auto.threads()));
	}

	private static TextToImageRequest request(final NamedValues values) {
		final TextToImageRequest.Builder request = TextToImageRequest.builder(values.text("prompt").orElse(""));
		request.size(values.integer("width").orElse(null), values.integer("height").orElse(null));
		values.text("negative_prompt").ifPresent(request::negativePrompt);
		values.integer("steps").ifPresent(request::steps);
		values.decimal("guidance").ifPresent(request::guidance);
		values.decimal("cfg_normalization").ifPresent(request::cfgNormalization);
		values.decimal("cfg_truncation").ifPresent(request::cfgTruncation);
		values.decimals("sigmas").ifPresent(request::sigmas);
		values.integer("max_tokens").ifPresent(request::maxTokens);
		values.longInteger("seed").ifPresent(request::seed);
		values.integer("count").ifPresent(request::count);
		return request.build();
	}
}
