
package io.github.zimagefiji.weights;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;

/**
 * What quantized files hold beside weights. FP8 may come with one scale for each tensor, which
 * ComfyUI's files name {@code LAYER.scale_weight} (with a marker tensor {@code scaled_fp8}) or
 * {@code LAYER.weight_scale} (with {@code LAYER.comfy_quant}, a JSON text as bytes, or the same in
 * the file's metadata). Scales of activations mean nothing here: activations are not quantized.
 * Other kinds are refused.
 *
 * @see <a href= "https://github.com/comfyanonymous/ComfyUI/blob/master/QUANTIZATION.md">ComfyUI's
 *      description</a>
 */
final class QuantizedTensors {

	private static final String METADATA = "_quantization_metadata";
	private static final String DESCRIPTION = ".comfy_quant";
	private static final List<String> SCALES = List.of(".scale_weight", ".weight_scale");
	private static final Pattern MEANINGLESS =
		Pattern.compile("(.*\\.)?(scaled_fp8|comfy_quant|scale_input|input_scale)");
	/** Names of many forms; which one it is, cannot be told. */
	private static final Pattern OTHER = Pattern.compile(".*\\.qweight");

	/** What ComfyUI calls the two formats of 8 bits. */
	private static final List<String> FORMATS = List.of("float8_e4m3fn", "float8_e5m2");

	/** Bytes of a description of one layer. */
	private static final int MOST_TEXT = 100_000;

	private final Checkpoint file;

	/** @param file as its headers say */
	QuantizedTensors(final Checkpoint file) {
		this.file = file;
	}

	/**
	 * The weights with their scales.
	 *
	 * @return the file's own map if it holds weights only
	 * @throws InvalidInputException if it is quantized in a way that this program cannot read
	 */
	Map<String, TensorEntry> resolve() {
		checkMetadata();
		QuantizedForm.of(file.entries()).ifPresent(sign -> {
			throw refused(sign.words());
		});
		final Map<String, TensorEntry> weights = new LinkedHashMap<>(file.entries());
		file.entries().forEach((name, entry) -> {
			if (OTHER.matcher(name).matches())
				throw refused("in a way that needs the tensor \"" + name + "\"");
			if (name.endsWith(DESCRIPTION))
				checkFormat(name.substring(0, name.length() - DESCRIPTION.length()), text(entry));
			if (MEANINGLESS.matcher(name).matches()) weights.remove(name);
			SCALES.stream().filter(name::endsWith).forEach(scale -> apply(weights, entry,
				name.substring(0, name.length() - scale.length()) + ".weight"));
		});
		return weights.size() == file.entries().size() ? file.entries() : weights;
	}

	private void apply(final Map<String, TensorEntry> weights, final TensorEntry scale,
		final String name)
	{
		// Factors of LoRAs often have no ".weight" at their end.
		final String shorter = name.substring(0, name.length() - ".weight".length());
		final TensorEntry weight = weights.getOrDefault(name, weights.get(shorter));
		// A scale without its weight stays among the weights, where it has no place
		// and will be named.
		if (weight == null) return;
		if (scale.elementCount() != 1 || !scale.type().isEngineType())
			throw refused("with the scale \"" + scale.name() + "\" of shape " +
				Arrays.toString(scale.shape()) + " and type " + scale.type());
		final float factor = (float) StoredNumber.read(file, scale);
		if (!(factor > 0) || Float.isInfinite(factor))
			throw Refusal.damaged(scale.file(), "the scale \"" + scale.name() + "\" is " + factor);
		if (!weight.type().isFloat8() && factor != 1)
			throw refused("to " + weight.type() + " with scales (\"" + scale.name() + "\")");
		weights.put(weight.name(), weight.scaled(factor));
		weights.remove(scale.name());
	}

	private void checkMetadata() {
		if (!file.metadata().containsKey(METADATA)) return;
		final JsonObject metadata = json("the metadata", file.metadata().get(METADATA));
		if (!metadata.has("layers") || !metadata.get("layers").isJsonObject())
			throw damaged("the metadata");
		metadata.getAsJsonObject("layers").asMap()
			.forEach((layer, format) -> checkFormat(layer, format.toString()));
	}

	private void checkFormat(final String layer, final String text) {
		final JsonElement format = json(layer, text).get("format");
		final String name =
			format != null && format.isJsonPrimitive() ? format.getAsString() : "an unknown way";
		if (!FORMATS.contains(name)) throw refused("as " + name + " (the layer \"" + layer + "\")");
	}

	private String text(final TensorEntry entry) {
		if (entry.byteCount() > MOST_TEXT) throw damaged(entry.name());
		final ByteBuffer bytes = file.read(entry);
		return StandardCharsets.UTF_8.decode(bytes).toString();
	}

	private JsonObject json(final String where, final String text) {
		try {
			return Json.object(text);
		}
		catch (final MalformedTextException e) {
			throw damaged(where);
		}
	}

	private InvalidInputException damaged(final String where) {
		return Refusal.damaged(file.place(),
			"what it says about the quantization of " + where + " is not to be understood");
	}

	private InvalidInputException refused(final String how) {
		return new InvalidInputException(file.place() + " is quantized " + how +
			", which is not supported. Use a file with BF16, F16 or F32 weights, or FP8 with one scale for each tensor.");
	}
}
