
package io.github.zimagefiji.weights;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What diffusers says about a LoRA in the metadata of its file, under
 * {@code lora_adapter_metadata}: PEFT's settings as JSON, each with the word
 * {@code transformer.} before it. Without them a LoRA counts as it is stored.
 *
 * @param alpha by which a layer is multiplied, over its rank; null if nothing
 *          is said
 * @param alphas other values for some layers, by the end of a layer's name,
 *          each dot an underscore
 * @param rootOfRank whether the root of the rank takes the rank's place
 *          (rsLoRA, arXiv 2312.03732)
 */
record LoraMetadata(Double alpha, Map<String, Double> alphas,
		boolean rootOfRank)
{

	private static final String KEY = "lora_adapter_metadata";
	private static final String PREFIX = "transformer.";

	/**
	 * Reads the settings of a file.
	 *
	 * @throws io.github.zimagefiji.InvalidInputException if they are not what
	 *           PEFT writes
	 */
	static LoraMetadata of(final Path file, final Map<String, String> metadata) {
		final String text = metadata.get(KEY);
		if (text == null) return new LoraMetadata(null, Map.of(), false);
		try {
			final JsonObject settings = JsonParser.parseString(text)
				.getAsJsonObject();
			final JsonElement alpha = settings.get(PREFIX + "lora_alpha");
			if (flag(settings, "use_dora")) throw Refusal.dora(file);
			return new LoraMetadata(alpha == null || alpha.isJsonNull() ? null
				: Double.valueOf(alpha.getAsDouble()), alphas(settings.get(PREFIX +
					"alpha_pattern")), flag(settings, "use_rslora"));
		}
		catch (final JsonParseException | IllegalStateException
				| NumberFormatException | UnsupportedOperationException exc)
		{
			throw Refusal.damaged(file, "its metadata \"" + KEY +
				"\" does not hold the settings of a LoRA", exc);
		}
	}

	private static boolean flag(final JsonObject settings, final String name) {
		final JsonElement value = settings.get(PREFIX + name);
		return value != null && !value.isJsonNull() && value.getAsBoolean();
	}

	private static Map<String, Double> alphas(final JsonElement pattern) {
		final Map<String, Double> alphas = new LinkedHashMap<>();
		if (pattern == null || pattern.isJsonNull()) return alphas;
		pattern.getAsJsonObject().asMap().forEach((name, alpha) -> alphas.put(
			LoraKey.module(name.replaceFirst("^\\^", "")), alpha.getAsDouble()));
		return alphas;
	}

	/** By what the product of a layer's two factors is multiplied. */
	double factor(final String module, final long rank) {
		Double mine = alpha;
		for (final Map.Entry<String, Double> other : alphas.entrySet()) {
			if (module.equals(other.getKey()) || module.endsWith("_" + other
				.getKey())) mine = other.getValue();
		}
		return mine == null ? 1 : mine / (rootOfRank ? Math.sqrt(rank) : rank);
	}
}
