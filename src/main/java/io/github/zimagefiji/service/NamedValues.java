
package io.github.zimagefiji.service;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;

/**
 * Values by name as scripts give them: numbers of any type, also as text from a table; text of any
 * type; files as {@link File}, {@link Path} or text. {@code null} stands for a value that is not
 * given.
 */
final class NamedValues {

	/** No integer of Java has more. */
	private static final int DIGITS = 19;

	/** Far more than any number that is meant. */
	private static final int MOST_CHARACTERS = 1000;
	private static final int MOST_BITS = 4000;

	private final Map<?, ?> values;

	/**
	 * Takes the values.
	 *
	 * @throws InvalidInputException if one has a name that is not allowed
	 */
	NamedValues(final Map<?, ?> values, final Set<String> allowed) {
		this.values = values;
		for (final Object name : values.keySet()) {
			if (!allowed.contains(String.valueOf(name)))
				throw new InvalidInputException("There is no value \"" + Excerpt.of(name) +
					"\". The values are: " + String.join(", ", allowed) + ".");
		}
	}

	boolean has(final String name) {
		return values.get(name) != null;
	}

	Optional<Object> any(final String name) {
		return value(name);
	}

	/** What a list holds; a single value counts as a list of one. */
	List<Object> list(final String name) {
		final List<Object> result = new ArrayList<>();
		// an image of ImgLib2 holds its pixels, a path its folders
		value(name).ifPresent(value -> {
			if (value instanceof Collection<?> items) result.addAll(items);
			else if (value instanceof Object[] items) result.addAll(Arrays.asList(items));
			else result.add(value);
		});
		return result;
	}

	Optional<Boolean> truth(final String name) {
		return value(name).map(value -> {
			if (value instanceof Boolean truth) return truth;
			if (value.toString().equals("true") || value.toString().equals("false"))
				return Boolean.valueOf(value.toString());
			throw problem(name, value, "it must be true or false");
		});
	}

	Optional<String> text(final String name) {
		return value(name).map(Object::toString);
	}

	Optional<Integer> integer(final String name) {
		return whole(name, 31).map(BigInteger::intValue);
	}

	Optional<Long> longInteger(final String name) {
		return whole(name, 63).map(BigInteger::longValue);
	}

	Optional<Double> decimal(final String name) {
		return value(name).map(value -> number(name, value).doubleValue());
	}

	Optional<List<Double>> decimals(final String name) {
		return value(name).map(value -> {
			if (!(value instanceof Iterable<?> items))
				throw problem(name, value, "it must be a list of numbers");
			final List<Double> numbers = new ArrayList<>();
			items.forEach(item -> numbers.add(number(name, item).doubleValue()));
			return numbers;
		});
	}

	/**
	 * A text without characters, as an empty field of a dialog gives it, is no file.
	 */
	Optional<Path> file(final String name) {
		return value(name).filter(value -> !value.toString().isBlank()).map(value -> {
			if (value instanceof Path path) return path;
			if (value instanceof File || value instanceof CharSequence)
				return new File(value.toString()).toPath();
			throw problem(name, value, "it must be a folder");
		});
	}

	private Optional<Object> value(final String name) {
		return Optional.ofNullable(values.get(name));
	}

	private Optional<BigInteger> whole(final String name, final int bits) {
		return value(name).map(value -> {
			final BigDecimal number = number(name, value);
			// a huge exponent would make a number of as many digits
			if (number.precision() - (long) number.scale() > DIGITS)
				throw problem(name, value, "it is too large");
			if (number.stripTrailingZeros().scale() > 0)
				throw problem(name, value, "it must be a whole number");
			final BigInteger whole = number.toBigInteger();
			if (whole.bitLength() > bits) throw problem(name, value, "it is too large");
			return whole;
		});
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
