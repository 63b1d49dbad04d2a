
package io.github.zimagefiji.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.fields.Wording;

/**
 * One {@code config.json} of a network: names what is missing, of the wrong kind, unknown or not
 * supported.
 */
public final class ConfigFile {

	/** Those of published models have a few thousand. */
	private static final int MOST_BYTES = 1_000_000;
	/** Where libraries of Hugging Face describe quantized weights. */
	private static final String QUANTIZATION = "quantization_config";
	/** Where DFloat11 describes its packed weights. */
	private static final String DFLOAT11 = "dfloat11_config";

	private ConfigFile() {
		// only static methods
	}

	/**
	 * Reads a file; null in it is the same as nothing.
	 *
	 * @throws InvalidInputException if it is missing or not a JSON object
	 */
	public static Fields read(final Path file) {
		try {
			final JsonElement root = Json.read(file, MOST_BYTES);
			if (root.isJsonObject())
				return Fields.of(root.getAsJsonObject(), new Wording("In " + file + ", ", "{}",
					file + " does not say {}. Download the model again.", false));
			throw new InvalidInputException(file + " holds no settings. Download it again.");
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The model folder has no readable " + file + ". Download the model again.", e);
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(
				file + " holds no settings: " + e.reason() + ". Download it again.", e);
		}
	}

	/**
	 * Insists on the only value that this program supports, given as JSON; a missing setting has it.
	 */
	public static void only(final Fields config, final String key, final String json) {
		if (config.has(key) && !config.is(key, json))
			throw config.problem(key, "must be " + json + " for a model that this plugin can run");
	}

	/** One of some words, or a default where there is none. */
	public static String word(final Fields config, final String key, final String ifMissing,
		final String... allowed)
	{
		return config.has(key) ? config.choice(key, List.of(allowed), word -> word) : ifMissing;
	}

	/**
	 * A number for all channels, given once or for each of them, or a default where there is none.
	 */
	public static double equalNumbers(final Fields config, final String key, final double ifMissing) {
		if (!config.has(key)) return ifMissing;
		final double[] numbers = Arrays.stream(config.numbers(key)).distinct().toArray();
		if (numbers.length == 1) return numbers[0];
		throw config.problem(key, "must be the same for all channels");
	}

	/**
	 * Refuses settings that nobody asked for, since they may change what the network computes.
	 */
	public static void refuseUnknown(final Fields config) {
		if (config.has(QUANTIZATION) && config.value(QUANTIZATION).isJsonObject())
			throw quantized(config, method(config.value(QUANTIZATION).getAsJsonObject()));
		if (config.has(DFLOAT11)) throw quantized(config, "as DFloat11");
		for (final String key : config.unasked()) {
			final boolean off =
				!config.has(key) || config.is(key, "false") || config.is(key, "\"false\"");
			if (!key.startsWith("_") && !off) throw config.problem(key,
				"is not known to this version of the plugin, which may therefore compute something else; update the plugin");
		}
	}

	private static InvalidInputException quantized(final Fields config, final String how) {
		return config.refusal(QUANTIZATION, "the weights are quantized (" + how +
			"), which is not supported. Use a model with BF16, F16 or F32 weights, or FP8 with one scale for each tensor.");
	}

	private static String method(final JsonObject quantization) {
		final JsonElement method = quantization.get("quant_method");
		return method != null && method.isJsonPrimitive() ? Excerpt.of(method.getAsString())
			: "in an unknown way";
	}
}
