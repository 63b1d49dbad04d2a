
package io.github.zimagefiji.hub.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;

/**
 * The fields of one object of a catalogue; what is wrong is named with file, entry and field.
 */
final class CatalogueFields {

	private static final double LARGEST_WHOLE = 1L << 53;

	private final String file;
	private final String entry;
	private final String path;
	private final JsonObject object;

	private CatalogueFields(final String file, final String entry, final String path,
		final JsonObject object)
	{
		this.file = file;
		this.entry = entry;
		this.path = path;
		this.object = object;
	}

	/** @param entry for messages, such as "entry 3" */
	static CatalogueFields of(final String file, final String entry, final JsonElement element) {
		if (element.isJsonObject())
			return new CatalogueFields(file, entry, "", element.getAsJsonObject());
		throw new InvalidInputException("In " + file + ", " + entry + " is not an object in braces.");
	}

	/** The same fields, those of an entry with this name. */
	CatalogueFields called(final String name) {
		return new CatalogueFields(file, name, "", object);
	}

	/** Refuses fields that this version does not know: they may be misspelt. */
	CatalogueFields only(final String... known) {
		for (final String field : object.keySet()) {
			if (!Set.of(known).contains(field))
				throw problem(field, "is not known. Known are: " + String.join(", ", known));
		}
		return this;
	}

	/** A text that is not empty. */
	String text(final String field) {
		return optionalText(field).orElseThrow(() -> problem(field, "is missing"));
	}

	/** A text, if there is one. */
	Optional<String> optionalText(final String field) {
		if (!has(field)) return Optional.empty();
		final JsonElement value = object.get(field);
		if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString())
			throw problem(field, "must be a text");
		if (value.getAsString().isBlank()) throw problem(field, "is empty");
		return Optional.of(value.getAsString());
	}

	/** A number from 0 on, if there is one. */
	Optional<Double> number(final String field) {
		if (!has(field)) return Optional.empty();
		final JsonElement value = object.get(field);
		final boolean isNumber = value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
		final double number = isNumber ? value.getAsDouble() : Double.NaN;
		if (!(number >= 0) || Double.isInfinite(number))
			throw problem(field, "must be a number from 0 on");
		return Optional.of(number);
	}

	/** A whole number from 0 on, if there is one. */
	Optional<Long> whole(final String field) {
		return number(field).map(number -> {
			if (number != Math.rint(number) || number > LARGEST_WHOLE)
				throw problem(field, "must be a whole number");
			return number.longValue();
		});
	}

	/** The objects of a list; none if it is not there. */
	List<CatalogueFields> list(final String field) {
		final List<CatalogueFields> result = new ArrayList<>();
		if (!has(field)) return result;
		if (!object.get(field).isJsonArray()) throw problem(field, "must be a list in brackets");
		for (final JsonElement each : object.getAsJsonArray(field)) {
			final String place = path + field + "[" + result.size() + "]";
			if (!each.isJsonObject()) throw problem(field, "must hold objects in braces only");
			result.add(new CatalogueFields(file, entry, place + ".", each.getAsJsonObject()));
		}
		return result;
	}

	/**
	 * An error about one field.
	 *
	 * @param what the end of a sentence, without a full stop
	 */
	InvalidInputException problem(final String field, final String what) {
		final String value = has(field) && object.get(field).isJsonPrimitive()
			? " (" + Excerpt.of(object.get(field)) + ")" : "";
		return new InvalidInputException("In " + file + ", " + entry + ": the field \"" + path +
			Excerpt.of(field) + "\"" + value + " " + what + ".");
	}

	private boolean has(final String field) {
		return object.has(field) && !object.get(field).isJsonNull();
	}
}
