
package io.github.zimagefiji.provenance;

import java.util.Arrays;
import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.fields.Wording;

/**
 * The fields of a provenance, which must all be there; see {@link Fields}. Whatever the text holds,
 * only {@link InvalidInputException} is thrown.
 */
final class JsonFields {

	private static final String DAMAGED = " It is damaged or was written by another program.";

	private final Fields fields;

	private JsonFields(final Fields fields) {
		this.fields = fields;
	}

	/** Parses by the letter of RFC 8259, within the bounds of {@link Json}. */
	static JsonFields parse(final String text) {
		try {
			return new JsonFields(Fields.of(Json.object(text), new Wording("In the provenance, ",
				"\"{}\"", "The provenance lacks \"{}\"." + DAMAGED, true, DAMAGED)));
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException("The provenance is not valid JSON: " + e.reason() +
				". It is damaged, cut off or from another program.", e);
		}
	}

	JsonFields object(final String name) {
		fields.value(name);
		return new JsonFields(fields.section(name));
	}

	/** Each entry of a list of objects. */
	List<JsonFields> objects(final String name) {
		fields.value(name);
		return fields.sections(name).stream().map(JsonFields::new).toList();
	}

	/** Whether there is such a field; all other methods demand it. */
	boolean has(final String name) {
		return fields.has(name);
	}

	boolean isNull(final String name) {
		return fields.value(name).isJsonNull();
	}

	String string(final String name) {
		return fields.text(name);
	}

	boolean bool(final String name) {
		return fields.flag(name);
	}

	int integer(final String name) {
		exactLong(name);
		return fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
	}

	Integer integerOrNull(final String name) {
		return isNull(name) ? null : (Integer) integer(name);
	}

	/** Of digits only, unlike 1e3. */
	long exactLong(final String name) {
		final long value = fields.whole(name);
		if (fields.value(name).getAsString().matches("-?[0-9]+")) return value;
		throw fields.problem(name, "must be written in digits");
	}

	double number(final String name) {
		return fields.number(name);
	}

	Double numberOrNull(final String name) {
		return isNull(name) ? null : (Double) number(name);
	}

	List<Double> numbers(final String name) {
		if (!fields.value(name).isJsonArray()) throw fields.problem(name, "must be a list of numbers");
		return fields.value(name).getAsJsonArray().isEmpty() ? List.of()
			: Arrays.stream(fields.numbers(name)).boxed().toList();
	}

	List<Integer> integers(final String name) {
		return Arrays.stream(fields.longs(name, Json.MOST_VALUES)).mapToObj(value -> {
			if (value == (int) value) return (int) value;
			throw fields.problem(name, "must hold integers of 32 bits");
		}).toList();
	}
}
