
package io.github.zimagefiji.request.setting;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;

/**
 * A type of values, and how one is read from what scripts give: numbers of any type, also as text
 * from a table; text of any type; files as {@link File}, {@link Path} or text.
 *
 * @param <T> of the values
 */
public final class ValueType<T> {

	/** Any text. */
	public static final ValueType<String> TEXT =
		new ValueType<>(String.class, (name, value) -> value.toString());
	/** An integer of 32 bits, also if it is written as 7.0. */
	public static final ValueType<Integer> WHOLE =
		new ValueType<>(Integer.class, (name, value) -> whole(name, value, 31).intValue());
	/** An integer of 64 bits. */
	public static final ValueType<Long> LONG =
		new ValueType<>(Long.class, (name, value) -> whole(name, value, 63).longValue());
	/** A 64-bit floating-point number; whether NaN can be used, the setting's check says. */
	public static final ValueType<Double> NUMBER = new ValueType<>(Double.class,
		(name, value) -> value instanceof Double ready ? ready : number(name, value).doubleValue());
	/** A list of numbers. */
	public static final ValueType<List<Double>> NUMBERS =
		new ValueType<>(Double.class, true, ValueType::numbers);
	/** True or false. */
	public static final ValueType<Boolean> TRUTH = new ValueType<>(Boolean.class, ValueType::truth);
	/** A file or folder; null for a text without characters, as an empty field of a dialog. */
	public static final ValueType<Path> FILE = new ValueType<>(Path.class, ValueType::file);
	/** A picture: whatever the front end takes for one; the command line takes files. */
	public static final ValueType<Object> PICTURE =
		new ValueType<>(Path.class, false, (name, value) -> value);
	/** Pictures; a single one counts as a list of one. */
	public static final ValueType<List<Object>> PICTURES =
		new ValueType<>(Path.class, true, ValueType::items);
	/** LoRAs, as text or ready; a single one counts as a list of one. */
	public static final ValueType<List<Object>> LORAS =
		new ValueType<>(String.class, true, ValueType::items);

	/** No integer of Java has more. */
	private static final int DIGITS = 19;

	/** Far more than any number that is meant. */
	private static final int MOST_CHARACTERS = 1000;
	private static final int MOST_BITS = 4000;

	private final Class<?> item;
	private final boolean list;
	private final Reader<T> reader;

	@FunctionalInterface
	private interface Reader<T> {

		T read(String name, Object value);
	}

	private ValueType(final Class<?> item, final boolean list, final Reader<T> reader) {
		this.item = item;
		this.list = list;
		this.reader = reader;
	}

	private ValueType(final Class<T> item, final Reader<T> reader) {
		this(item, false, reader);
	}

	/**
	 * A type whose values are known by names, such as {@link io.github.zimagefiji.request.Precision}.
	 *
	 * @param named gives the value of a name, or throws {@link InvalidInputException}
	 */
	public static <E> ValueType<E> named(final Class<E> type, final Function<String, E> named) {
		return new ValueType<>(String.class, false,
			(name, value) -> type.isInstance(value) ? type.cast(value) : named.apply(value.toString()));
	}

	/** What the command line gives for a value, or for each that a list holds. */
	public Class<?> itemClass() {
		return item;
	}

	/** Whether there are several values. */
	public boolean isList() {
		return list;
	}

	/**
	 * Reads a value.
	 *
	 * @param name for the sentence of an error
	 * @param value not null
	 * @return null if the value stands for none
	 * @throws InvalidInputException if it cannot be read
	 */
	public T read(final String name, final Object value) {
		return reader.read(name, value);
	}

	private static Boolean truth(final String name, final Object value) {
		if (value instanceof Boolean truth) return truth;
		if (value.toString().equals("true") || value.toString().equals("false"))
			return Boolean.valueOf(value.toString());
		throw problem(name, value, "it must be true or false");
	}

	private static Path file(final String name, final Object value) {
		if (value.toString().isBlank()) return null;
		if (value instanceof Path path) return path;
		if (value instanceof File || value instanceof CharSequence)
			return new File(value.toString()).toPath();
		throw problem(name, value, "it must be a folder");
	}

	private static List<Double> numbers(final String name, final Object value) {
		if (!(value instanceof Iterable<?> items))
			throw problem(name, value, "it must be a list of numbers");
		final List<Double> numbers = new ArrayList<>();
		items.forEach(each -> numbers.add(number(name, each).doubleValue()));
		return numbers;
	}

	private static List<Object> items(final String name, final Object value) {
		// an image of ImgLib2 holds its pixels, a path its folders
		if (value instanceof Collection<?> items) return new ArrayList<>(items);
		return value instanceof Object[] items ? Arrays.asList(items) : List.of(value);
	}

	private static BigInteger whole(final String name, final Object value, final int bits) {
		final BigDecimal number = number(name, value);
		// a huge exponent would make a number of as many digits
		if (number.precision() - (long) number.scale() > DIGITS)
			throw problem(name, value, "it is too large");
		if (number.stripTrailingZeros().scale() > 0)
			throw problem(name, value, "it must be a whole number");
		final BigInteger whole = number.toBigInteger();
		if (whole.bitLength() > bits) throw problem(name, value, "it is too large");
		return whole;
	}

	private static BigDecimal number(final String name, final Object value) {
		// the work of making a number grows with the square of its digits
		final boolean large = value instanceof BigInteger whole && whole.bitLength() > MOST_BITS ||
			value instanceof BigDecimal decimal && decimal.unscaledValue().bitLength() > MOST_BITS ||
			value instanceof CharSequence text && text.length() > MOST_CHARACTERS;
		if (large) throw problem(name, "a number of very many digits", "it is too large");
		if (value instanceof Number || value instanceof CharSequence) {
			try {
				return new BigDecimal(value.toString().strip());
			}
			catch (final NumberFormatException e) {
				// the sentence below says it better
			}
		}
		throw problem(name, value, "it must be a number");
	}

	private static InvalidInputException problem(final String name, final Object value,
		final String reason)
	{
		return new InvalidInputException(
			"The value of " + name + " is " + Excerpt.of(value) + "; " + reason + ".");
	}
}
