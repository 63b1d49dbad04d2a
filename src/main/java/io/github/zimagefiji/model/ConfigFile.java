
package io.github.zimagefiji.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.DoubleStream;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;

/**
 * One {@code config.json}: reads values, and names what is missing, of the wrong kind, unknown or
 * not supported.
 */
public final class ConfigFile {

	/** Those of published models have a few thousand. */
	private static final int MOST_BYTES = 1_000_000;
	/** Where libraries of Hugging Face describe quantized weights. */
	private static final String QUANTIZATION = "quantization_config";
	/** Where DFloat11 describes its packed weights. */
	private static final String DFLOAT11 = "dfloat11_config";

	private final Path file;
	private final JsonObject values;
	private final Set<String> known = new HashSet<>();

	private ConfigFile(final Path file, final JsonObject values) {
		this.file = file;
		this.values = values;
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException if it is missing or not a JSON object
	 */
	public static ConfigFile read(final Path file) {
		try {
			final JsonElement root = Json.read(file, MOST_BYTES);
			if (root.isJsonObject()) return new ConfigFile(file, root.getAsJsonObject());
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

	/** Whether a setting is there and not null. */
	public boolean has(final String key) {
		known.add(key);
		return values.has(key) && !values.get(key).isJsonNull();
	}

	/** A whole number within bounds. */
	public int integer(final String key, final int least, final int most) {
		final double value = number(key);
		if (value == Math.rint(value) && value >= least && value <= most) return (int) value;
		throw problem(key, "must be a whole number between " + least + " and " + most);
	}

	/** A whole number within bounds, or a default where there is none. */
	public int integer(final String key, final int ifMissing, final int least, final int most) {
		return has(key) ? integer(key, least, most) : ifMissing;
	}

	/** A finite number. */
	public double number(final String key) {
		final double value = number(element(key));
		if (Double.isFinite(value)) return value;
		throw problem(key, "must be a number");
	}

	/** NaN for what is no number. */
	private static double number(final JsonElement element) {
		return isNumber(element) ? element.getAsDouble() : Double.NaN;
	}

	private static boolean isNumber(final JsonElement element) {
		return element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
	}

	/** A number above 0. */
	public double positive(final String key) {
		final double value = number(key);
		if (value > 0) return value;
		throw problem(key, "must be above 0");
	}

	/** A number, or a default where there is none. */
	public double number(final String key, final double ifMissing) {
		return has(key) ? number(key) : ifMissing;
	}

	/**
	 * A number for all channels, given once or for each of them, or a default where there is none.
	 */
	public double equalNumbers(final String key, final double ifMissing) {
		if (!has(key)) return ifMissing;
		if (!values.get(key).isJsonArray()) return number(key);
		final double[] numbers = values.getAsJsonArray(key).asList().stream()
			.mapToDouble(ConfigFile::number).distinct().toArray();
		if (DoubleStream.of(numbers).anyMatch(number -> !Double.isFinite(number)))
			throw problem(key, "must be numbers");
		if (numbers.length == 1) return numbers[0];
		throw problem(key, "must be the same for all channels");
	}

	/** True or false, or a default where there is none. */
	public boolean flag(final String key, final boolean ifMissing) {
		if (!has(key)) return ifMissing;
		if (element(key).isJsonPrimitive() && element(key).getAsJsonPrimitive().isBoolean())
			return element(key).getAsBoolean();
		throw problem(key, "must be true or false");
	}

	/** One of some words, or a default where there is none. */
	public String text(final String key, final String ifMissing, final String... allowed) {
		if (!has(key)) return ifMissing;
		for (final String word : allowed) {
			if (values.get(key).equals(new JsonPrimitive(word))) return word;
		}
		throw problem(key, "must be one of " + String.join(", ", allowed));
	}

	/** Whether a setting is this very word. */
	public boolean says(final String key, final String word) {
		return has(key) && values.get(key).equals(new JsonPrimitive(word));
	}

	/** A list of whole numbers above 0. */
	public int[] integers(final String key) {
		return integers(key, 1, "must hold numbers above 0");
	}

	/** A list of whole numbers from 0 on. */
	public int[] indices(final String key) {
		return integers(key, 0, "must hold numbers from 0 on");
	}

	private int[] integers(final String key, final int least, final String otherwise) {
		if (!element(key).isJsonArray()) throw problem(key, "must be a list of whole numbers");
		final JsonArray array = element(key).getAsJsonArray();
		final int[] result = new int[array.size()];
		for (int i = 0; i < result.length; i++) {
			final double value = number(array.get(i));
			result[i] = (int) value;
			if (result[i] != value) throw problem(key, "must be a list of whole numbers");
			if (result[i] < least) throw problem(key, otherwise);
		}
		return result;
	}

	/** The settings of an object within this one; empty where there is none. */
	public ConfigFile child(final String key) {
		return new ConfigFile(file,
			has(key) && values.get(key).isJsonObject() ? values.getAsJsonObject(key) : new JsonObject());
	}

	/**
	 * Insists on the only value that this program supports; a missing setting has it.
	 */
	public void only(final String key, final String json) {
		if (has(key) && !values.get(key).equals(Json.parse(json)))
			throw problem(key, "must be " + json + " for a model that this plugin can run");
	}

	/** Settings that mean nothing to inference. */
	public void ignore(final String... keys) {
		known.addAll(Set.of(keys));
	}

	/**
	 * Refuses settings that nobody asked for, since they may change what the network computes.
	 */
	public void refuseUnknown() {
		final JsonElement quantization = values.get(QUANTIZATION);
		if (quantization != null && quantization.isJsonObject())
			throw quantized(method(quantization.getAsJsonObject()));
		if (values.has(DFLOAT11)) throw quantized("as DFloat11");
		for (final String key : values.keySet()) {
			final JsonElement value = values.get(key);
			final boolean off =
				value.isJsonNull() || value.isJsonPrimitive() && "false".equals(value.getAsString());
			if (!key.startsWith("_") && !known.contains(key) && !off) throw problem(key,
				"is not known to this version of the plugin, which may therefore compute something else; update the plugin");
		}
	}

	private InvalidInputException quantized(final String how) {
		return new InvalidInputException(file + " says that the weights are quantized (" + how +
			"), which is not supported. Use a model with BF16, F16 or F32 weights, or FP8 with one scale for each tensor.");
	}

	private static String method(final JsonObject quantization) {
		final JsonElement method = quantization.get("quant_method");
		return method != null && method.isJsonPrimitive() ? Excerpt.of(method.getAsString())
			: "in an unknown way";
	}

	/** An error about one setting, which names file, setting and value. */
	public InvalidInputException problem(final String key, final String text) {
		return new InvalidInputException("In " + file + ", " + Excerpt.of(key) + " is " +
			Excerpt.of(values.get(key)) + "; it " + text + ".");
	}

	private JsonElement element(final String key) {
		if (!has(key)) throw new InvalidInputException(
			file + " does not say " + key + ". Download the model again.");
		return values.get(key);
	}
}
