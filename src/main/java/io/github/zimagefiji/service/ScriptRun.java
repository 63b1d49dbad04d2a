
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * What a script asks for by name; see {@link ZImageService#generate(Map)} for the names. They are
 * those of the provenance, so that what an image says of itself can be given back.
 *
 * @param keep for a series: how many images stay in memory
 */
record ScriptRun(Path model, ComputeOptions compute, GenerationRequest request, int keep) {

	private static final int DEFAULT_KEEP = 16;

	private static final Set<String> NAMES = names("prompt", "negative_prompt", "model", "width",
		"height", "steps", "guidance", "seed", "count", "cfg_normalization", "cfg_truncation", "sigmas",
		"max_tokens", "lora", "loras", "precision", "device", "threads", "keep", "task");

	private static Set<String> names(final String... common) {
		final Set<String> names = new LinkedHashSet<>(Arrays.asList(common));
		names.addAll(ScriptTask.names());
		return names;
	}

	/**
	 * Reads the values.
	 *
	 * @throws InvalidInputException if a name is unknown, or a value cannot be used
	 */
	static ScriptRun of(final Map<?, ?> given) {
		final NamedValues values = new NamedValues(given, NAMES);
		final ComputeOptions compute = compute(values);
		final GenerationRequest request = new ScriptRequest(values, text(values)).request();
		return new ScriptRun(values.file("model").orElseGet(() -> ScriptRequest.builtInModel(request)),
			compute, request, values.integer("keep").orElse(DEFAULT_KEEP));
	}

	private static ComputeOptions compute(final NamedValues values) {
		final ComputeOptions auto = ComputeOptions.AUTO;
		return new ComputeOptions(values.text("device").orElse(auto.device()),
			values.text("precision").map(Precision::of).orElse(auto.precision()),
			values.integer("threads").orElse(auto.threads()));
	}

	private static TextToImageRequest text(final NamedValues values) {
		final TextToImageRequest.Builder request =
			TextToImageRequest.builder(values.text("prompt").orElse(""));
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
		return request.loras(loras(values)).build();
	}

	private static List<LoraChoice> loras(final NamedValues values) {
		final List<LoraChoice> result = new ArrayList<>(LoraText.parse(values.text("lora").orElse("")));
		for (final Object each : values.list("loras")) {
			if (each instanceof LoraChoice ready) result.add(ready);
			else result.addAll(LoraText.parse(String.valueOf(each)));
		}
		return result;
	}

	/**
	 * The request of a series.
	 *
	 * @throws InvalidInputException if it starts from an image
	 */
	TextToImageRequest series() {
		if (request instanceof TextToImageRequest text) return text;
		throw new InvalidInputException("A series is made from a prompt alone; there is none for " +
			request.task().label() + ". Use generate.");
	}
}
