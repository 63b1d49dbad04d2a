
package io.github.zimagefiji.provenance;

import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;

/**
 * The fields of a JSON object, each asked for by name and kind. Whatever the text holds, only
 * {@link InvalidInputException} is thrown.
 */
final class JsonFields {

	private final JsonObject object;
	private final String path;

	private JsonFields(final JsonObject object, final String path) {
		this.object = object;
		this.path = path;
	}

	/** Parses by the letter of RFC 8259, within the bounds of {@link Json}. */
	static JsonFields parse(final String text) {
		try {
			return new JsonFields(Json.object(text), "");
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException("The provenance is not valid JSON: " + e.reason() +
				". It is damaged, cut off or from another program.", e);
		}
	}

	JsonFields object(final String name) {
		final JsonElement element = element(name);
		if (!element.isJsonObject()) throw wrong(name, "an object");
		return new JsonFields(element.getAsJsonObject(), path + name + ".");
	}

	/** Each entry of a list of objects. */
	List<JsonFields> objects(final String name) {
		final List<JsonFields> objects = new ArrayList<>();
		for (final JsonElement entry : list(name, "a list of objects")) {
			if (!entry.isJsonObject()) throw wrong(name, "a list of objects");
			objects
				.add(new JsonFields(entry.getAsJsonObject(), path + name + "." + objects.size() + "."));
		}
		return objects;
	}

	/** Whether there is such a field; all other methods demand it. */
	boolean has(final String name) {
		return object.has(name);
	}

	boolean isNull(final String name) {
		return element(name).isJsonNull();
	}

	String string(final String name) {
		final JsonElement element = element(name);
		if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isString())
			throw wrong(name, "a text");
		return element.getAsString();
	}

	boolean bool(final String name) {
		final JsonElement element = element(name);
		if (!element.isJsonPrimitive() || !element.getAsJsonPrimitive().isBoolean())
			throw wrong(name, "true or false");
		return element.getAsBoolean();
	}

	int integer(final String name) {
		return narrowed(exactLong(name), name);
	}

	private int narrowed(final long value, final String name) {
		if (value != (int) value) throw wrong(name, "an integer of 32 bits");
		return (int) value;
	}

	Integer integerOrNull(final String name) {
		return isNull(name) ? null : (Integer) integer(name);
	}

	/**
	 * Parsed from the digits: a double on the way would lose the low ones of large seeds.
	 */
	long exactLong(final String name) {
		return exactLong(element(name), name);
	}

	private long exactLong(final JsonElement element, final String name) {
		try {
			return Long.parseLong(digits(element, name));
		}
		catch (final NumberFormatException e) {
			throw wrong(name, "an integer of 64 bits");
		}
	}

	double number(final String name) {
		return number(element(name), name);
	}

	Double numberOrNull(final String name) {
		return isNull(name) ? null : (Double) number(name);
	}

	List<Double> numbers(final String name) {
		final List<Double> numbers = new ArrayList<>();
		for (final JsonElement entry : list(name, "a list of numbers"))
			numbers.add(number(entry, name));
		return List.copyOf(numbers);
	}

	List<Integer> integers(final String name) {
		final List<Integer> integers = new ArrayList<>();
		for (final JsonElement entry : list(name, "a list of integers"))
			integers.add(narrowed(exactLong(entry, name), name));
		return List.copyOf(integers);
	}

	private JsonArray list(final String name, final String wanted) {
		final JsonElement element = element(name);
		if (!element.isJsonArray()) throw wrong(name, wanted);
		return element.getAsJsonArray();
	}

	private double number(final JsonElement element, final String name) {
		// Double.parseDouble also takes "1f" and "0x1p3", but those are not numbers
		// of JSON and do not come here.
		final double value = Double.parseDouble(digits(element, name));
		if (Double.isInfinite(value))
			throw wrong(name, "a number within the range of 64-bit floating point");
		return value;
	}

	private String digits(final JsonElement element, final String name) {
		final JsonPrimitive primitive = element.isJsonPrimitive() ? element.getAsJsonPrimitive() : null;
		if (primitive == null || !primitive.isNumber()) throw wrong(name, "a number");
		return primitive.getAsString();
	}

	private JsonElement element(final String name) {
		final JsonElement element = object.get(name);
		if (element == null) throw new InvalidInputException("The provenance lacks \"" + path + name +
			"\". It is damaged or was written by another program.");
		return element;
	}

	private InvalidInputException wrong(final String name, final String wanted) {
		return new InvalidInputException("\"" + path + name + "\" in the provenance is not " + wanted +
			". It is damaged or was written by another program.");
	}
}
