
package io.github.zimagefiji.model;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.InvalidInputException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One {@code config.json}: reads values, and names what is missing, of the
 * wrong kind, unknown or not supported.
 */
public final class ConfigFile {

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
			final JsonElement root = JsonParser.parseString(Files.readString(file));
			if (root.isJsonObject()) return new ConfigFile(file, root
				.getAsJsonObject());
			throw new InvalidInputException(file +
				" holds no settings. Download it again.");
		}
		catch (final IOException exc) {
			throw new InvalidInputException("The model folder has no readable " +
				file + ". Download the model again.", exc);
		}
		catch (final JsonParseException exc) {
			throw new InvalidInputException(file +
				" is not valid JSON. Download it again.", exc);
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
		if (value == Math.rint(value) && value >= least && value <= most)
			return (int) value;
		throw problem(key, "must be a whole number between " + least + " and " +
			most);
	}

	/** A whole number within bounds, or a default where there is none. */
	public int integer(final String key, final int ifMissing, final int least,
		final int most)
	{
		return has(key) ? integer(key, least, most) : ifMissing;
	}

	/** A finite number. */
	public double number(final String key) {
		try {
			final double value = element(key).getAsDouble();
			if (Double.isFinite(value)) return value;
		}
		catch (final RuntimeException exc) {
			if (exc instanceof InvalidInputException) throw exc;
		}
		throw problem(key, "must be a number");
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
	 * A number for all channels, given once or for each of them, or a default
	 * where there is none.
	 */
	public double equalNumbers(final String key, final double ifMissing) {
		if (!has(key)) return ifMissing;
		if (!values.get(key).isJsonArray()) return number(key);
		final List<JsonElement> numbers = values.getAsJsonArray(key).asList();
		try {
			if (numbers.stream().distinct().count() == 1) return numbers.get(0)
				.getAsDouble();
		}
		catch (final RuntimeException exc) {
			throw problem(key, "must be numbers");
		}
		throw problem(key, "must be the same for all channels");
	}

	/** True or false, or a default where there is none. */
	public boolean flag(final String key, final boolean ifMissing) {
		if (!has(key)) return ifMissing;
		if (element(key).isJsonPrimitive() && element(key).getAsJsonPrimitive()
			.isBoolean()) return element(key).getAsBoolean();
		throw problem(key, "must be true or false");
	}

	/** One of some words, or a default where there is none. */
	public String text(final String key, final String ifMissing,
		final String... allowed)
	{
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

	private int[] integers(final String key, final int least,
		final String otherwise)
	{
		try {
			final JsonArray array = element(key).getAsJsonArray();
			final int[] result = new int[array.size()];
			for (int i = 0; i < result.length; i++) {
				result[i] = array.get(i).getAsBigDecimal().intValueExact();
				if (result[i] < least) throw problem(key, otherwise);
			}
			return result;
		}
		catch (final InvalidInputException exc) {
			throw exc;
		}
		catch (final RuntimeException exc) {
			throw problem(key, "must be a list of whole numbers");
		}
	}

	/** The settings of an object within this one; empty where there is none. */
	public ConfigFile child(final String key) {
		return new ConfigFile(file, has(key) && values.get(key).isJsonObject()
			? values.getAsJsonObject(key) : new JsonObject());
	}

	/**
	 * Insists on the only value that this program supports; a missing setting has
	 * it.
	 */
	public void only(final String key, final String json) {
		if (has(key) && !values.get(key).equals(JsonParser.parseString(json)))
			throw problem(key, "must be " + json +
				" for a model that this plugin can run");
	}

	/** Settings that mean nothing to inference. */
	public void ignore(final String... keys) {
		known.addAll(Set.of(keys));
	}

	/**
	 * Refuses settings that nobody asked for, since they may change what the
	 * network computes.
	 */
	public void refuseUnknown() {
		for (final String key : values.keySet()) {
			final JsonElement value = values.get(key);
			final boolean off = value.isJsonNull() || value.isJsonPrimitive() &&
				"false".equals(value.getAsString());
			if (!key.startsWith("_") && !known.contains(key) && !off) throw problem(
				key,
				"is not known to this version of the plugin, which may therefore compute something else; update the plugin");
		}
	}

	/** An error about one setting, which names file, setting and value. */
	public InvalidInputException problem(final String key, final String text) {
		return new InvalidInputException("In " + file + ", " + key + " is " + values
			.get(key) + "; it " + text + ".");
	}

	private JsonElement element(final String key) {
		if (!has(key)) throw new InvalidInputException(file + " does not say " +
			key + ". Download the model again.");
		return values.get(key);
	}
}
