
package io.github.zimagefiji.fields;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * The fields of a section of a text of unknown origin: of an object of JSON, or of a section of
 * YAML. Each is asked for by its name and kind; whatever the text holds, only
 * {@link InvalidInputException} is thrown, which names the text, the line or the path of the field,
 * and its value. Numbers of JSON must be numbers; single values of YAML are read as what they are
 * asked for.
 */
public final class Fields {

	private final JsonObject object;
	private final Refusals refusals;
	private final boolean plain;
	private final Set<String> asked = new HashSet<>();

	private Fields(final JsonObject object, final String what, final String path, final Wording words,
		final Lines lines)
	{
		this.object = object;
		refusals = new Refusals(object, what, path, words, lines);
		plain = lines != null;
	}

	private Fields below(final JsonObject section, final String what, final String name) {
		return new Fields(section, what, refusals.path() + name + ".", refusals.words(),
			refusals.lines());
	}

	/** The fields of an object of JSON, see {@link Json}. */
	public static Fields of(final JsonObject object, final Wording words) {
		return new Fields(object, "", "", words, null);
	}

	static Fields of(final JsonElement value, final String what, final Wording words,
		final Lines lines)
	{
		if (value.isJsonObject()) return new Fields(value.getAsJsonObject(), what, "", words, lines);
		throw new InvalidInputException(
			"Line " + lines.of(value) + ": " + what + " must be a section with keys and values.");
	}

	/** The same fields, spoken of in other words, with paths that begin here. */
	public Fields in(final Wording other) {
		return new Fields(object, refusals.what(), "", other, refusals.lines());
	}

	/** Names of the fields that are there, in their order. */
	public Set<String> names() {
		return object.keySet();
	}

	/** Names of those that were never asked for. */
	public Set<String> unasked() {
		final Set<String> rest = new TreeSet<>(names());
		rest.removeAll(asked);
		return rest;
	}

	/** Counts fields as asked for. */
	public void ignore(final String... names) {
		asked.addAll(Arrays.asList(names));
	}

	/**
	 * Refuses fields with other names: they may be misspelt.
	 *
	 * @return these fields
	 */
	public Fields only(final Collection<String> known) {
		for (final String name : names()) {
			if (!known.contains(name)) throw refusals.unknown(name, known);
		}
		return this;
	}

	/** Whether there is such a field. */
	public boolean has(final String name) {
		asked.add(name);
		return object.has(name) && (refusals.words().nullsAreThere() || !object.get(name).isJsonNull());
	}

	/**
	 * A value of any kind.
	 *
	 * @throws InvalidInputException if there is none
	 */
	public JsonElement value(final String name) {
		if (has(name)) return object.get(name);
		throw refusals.missing(name);
	}

	/** Whether a field is this very value, given as JSON. */
	public boolean is(final String name, final String json) {
		return has(name) && object.get(name).equals(Json.parse(json));
	}

	/**
	 * The fields of a section; none where there is no such section.
	 *
	 * @throws InvalidInputException if it is something else
	 */
	public Fields section(final String name) {
		final String what = "\"" + name + "\"";
		if (has(name) && !value(name).isJsonObject()) throw refusals.kind(name, section());
		if (has(name)) return below(value(name).getAsJsonObject(), what, name);
		final JsonObject none = new JsonObject();
		if (plain) refusals.lines().put(none, refusals.lines().of(object, name));
		return below(none, what, name);
	}

	/** The sections of a list; none where there is no such list. */
	public List<Fields> sections(final String name) {
		final List<Fields> sections = new ArrayList<>();
		for (final JsonElement entry : list(name)) {
			if (!entry.isJsonObject()) throw refusals.entry(name, entry, section());
			sections.add(below(entry.getAsJsonObject(), "an entry of \"" + name + "\"",
				name + "[" + sections.size() + "]"));
		}
		return sections;
	}

	private String section() {
		return !plain ? "an object in braces" : "a section with keys and values";
	}

	private Iterable<JsonElement> list(final String name) {
		if (!has(name)) return List.of();
		if (value(name).isJsonArray()) return value(name).getAsJsonArray();
		throw kind(name, !plain ? "a list in brackets" : "a list, such as [a, b]");
	}

	/** A text; of YAML any single value as it is written. */
	public String text(final String name) {
		final JsonElement value = value(name);
		if (Scalar.isText(value)) return value.getAsString();
		throw kind(name, !plain ? "a text in quotation marks" : "a single value");
	}

	/** The same, or another where there is none. */
	public String text(final String name, final String otherwise) {
		return has(name) ? text(name) : otherwise;
	}

	/** A text that holds something. */
	public String filled(final String name) {
		if (!text(name).isBlank()) return text(name);
		throw problem(name, "is empty");
	}

	/** The same, or another where there is none. */
	public String filled(final String name, final String otherwise) {
		return has(name) ? filled(name) : otherwise;
	}

	/** The texts of a list; none where there is no such list. */
	public List<String> texts(final String name) {
		final List<String> texts = new ArrayList<>();
		for (final JsonElement entry : list(name)) {
			if (!Scalar.isText(entry))
				throw refusals.entry(name, entry, !plain ? "a text" : "a single value");
			texts.add(entry.getAsString());
		}
		return texts;
	}

	/** A file or folder as it is written, seen from another; null if none. */
	public Path path(final String name, final Path base) {
		if (!has(name)) return null;
		try {
			return base.resolve(text(name)).normalize();
		}
		catch (final InvalidPathException e) {
			throw problem(name, "cannot be a path");
		}
	}

	/** A finite number. */
	public double number(final String name) {
		final double number = number(value(name));
		if (Double.isNaN(number)) throw kind(name, "a number");
		if (Double.isFinite(number)) return number;
		throw problem(name, "is Infinity as a number of 64 bits");
	}

	/** The same, or another where there is none. */
	public double number(final String name, final double otherwise) {
		return has(name) ? number(name) : otherwise;
	}

	/** A number above 0. */
	public double positive(final String name) {
		if (number(name) > 0) return number(name);
		throw problem(name, "must be above 0");
	}

	/**
	 * Numbers given as one or as a list.
	 *
	 * @return at least one number, each finite
	 */
	public double[] numbers(final String name) {
		if (!value(name).isJsonArray()) return new double[] { number(name) };
		final double[] numbers =
			value(name).getAsJsonArray().asList().stream().mapToDouble(this::number).toArray();
		if (numbers.length > 0 && Arrays.stream(numbers).allMatch(Double::isFinite)) return numbers;
		throw kind(name, "a number or a list of numbers");
	}

	private double number(final JsonElement value) {
		return Scalar.number(value, plain);
	}

	/** A whole number of 64 bits. */
	public long whole(final String name) {
		return Scalar.whole(value(name), plain).orElseThrow(() -> kind(name, "a whole number"));
	}

	/** A whole number that is not below a bound. */
	public long whole(final String name, final long least) {
		if (whole(name) >= least) return whole(name);
		throw problem(name, "must be a whole number from " + least + " on");
	}

	/** A whole number within bounds, both included. */
	public int integer(final String name, final int least, final int most) {
		final double number = number(value(name));
		if (number != Math.rint(number))
			throw kind(name, !plain && Double.isNaN(number) ? "a number" : "a whole number");
		if (number >= least && number <= most) return (int) whole(name);
		if (least == Integer.MIN_VALUE) throw problem(name, "is beyond what can be used");
		throw problem(name, "must be a whole number " +
			(most == Integer.MAX_VALUE ? "from " + least + " on" : "between " + least + " and " + most));
	}

	/** The same, or another where there is none. */
	public int integer(final String name, final int otherwise, final int least, final int most) {
		return has(name) ? integer(name, least, most) : otherwise;
	}

	/** A list of whole numbers that are not below a bound. */
	public int[] integers(final String name, final int least) {
		if (!value(name).isJsonArray()) throw kind(name, "a list of whole numbers");
		return value(name).getAsJsonArray().asList().stream().mapToInt(entry -> {
			final int number = (int) number(entry);
			if (number != number(entry)) throw kind(name, "a list of whole numbers");
			if (number < least) throw problem(name,
				least == 1 ? "must hold numbers above 0" : "must hold numbers from " + least + " on");
			return number;
		}).toArray();
	}

	/**
	 * A list of whole numbers of at most 18 digits: more than any disk holds.
	 *
	 * @param most more numbers than this are refused
	 */
	public long[] longs(final String name, final int most) {
		if (!value(name).isJsonArray()) throw kind(name, "a list of whole numbers");
		if (value(name).getAsJsonArray().size() > most)
			throw problem(name, "must not have more than " + most + " numbers");
		return value(name).getAsJsonArray().asList().stream().mapToLong(entry -> {
			if (Double.isNaN(number(entry)) || !entry.getAsString().matches("-?\\d{1,18}"))
				throw kind(name, "a list of whole numbers below 10^18");
			return entry.getAsLong();
		}).toArray();
	}

	/** True or false. */
	public boolean flag(final String name) {
		final JsonElement value = value(name);
		if (Scalar.isFlag(value, plain)) return Boolean.parseBoolean(value.getAsString());
		throw kind(name, "true or false");
	}

	/** The same, or another where there is none. */
	public boolean flag(final String name, final boolean otherwise) {
		return has(name) ? flag(name) : otherwise;
	}

	/** One of some things by what texts call them. */
	public <T> T choice(final String name, final List<T> all, final Function<T, String> label) {
		return choice(name, value(name), all, label);
	}

	/** A list of some of these; empty where there is none. */
	public <T> List<T> choices(final String name, final List<T> all,
		final Function<T, String> label)
	{
		final List<T> chosen = new ArrayList<>();
		for (final JsonElement entry : list(name))
			chosen.add(choice(name, entry, all, label));
		return chosen;
	}

	private <T> T choice(final String name, final JsonElement value, final List<T> all,
		final Function<T, String> label)
	{
		for (final T each : all) {
			if (value.equals(new JsonPrimitive(label.apply(each)))) return each;
		}
		final String wanted = "one of " + String.join(", ", all.stream().map(label).toList());
		throw value == object.get(name) ? kind(name, wanted) : refusals.entry(name, value, wanted);
	}

	/**
	 * An error about the value of a field.
	 *
	 * @param clause what is wrong or must be, as the end of a sentence without a full stop
	 */
	public InvalidInputException problem(final String name, final String clause) {
		return refusals.problem(name, clause);
	}

	/** An error about a whole sentence; the text, or the line of a field, is put before it. */
	public InvalidInputException refusal(final String name, final String sentence) {
		return refusals.refusal(name, sentence);
	}

	private InvalidInputException kind(final String name, final String wanted) {
		return refusals.kind(name, wanted);
	}
}
