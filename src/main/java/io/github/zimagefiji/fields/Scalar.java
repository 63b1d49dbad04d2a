
package io.github.zimagefiji.fields;

import java.util.OptionalLong;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;

/**
 * Single values of a tree. Those of YAML are plain: texts that are read as what they are asked for.
 */
final class Scalar {

	private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,19}");

	/** Unambiguous, so that no text makes it go back. */
	private static final Pattern NUMBER =
		Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");

	private static final int MOST_DIGITS = 100;

	private Scalar() {
		// only static methods
	}

	static boolean isText(final JsonElement value) {
		return value instanceof JsonPrimitive primitive && primitive.isString();
	}

	static boolean isFlag(final JsonElement value, final boolean plain) {
		return plain ? isText(value) && value.getAsString().matches("true|false")
			: value instanceof JsonPrimitive primitive && primitive.isBoolean();
	}

	/** NaN for what is no number; may be infinite. */
	static double number(final JsonElement value, final boolean plain) {
		final boolean isNumber =
			plain ? isText(value) : value instanceof JsonPrimitive primitive && primitive.isNumber();
		// parseDouble also takes "1f" and "NaN"
		return isNumber && value.getAsString().length() <= MOST_DIGITS &&
			NUMBER.matcher(value.getAsString()).matches() ? Double.parseDouble(value.getAsString())
				: Double.NaN;
	}

	/** A whole number of 64 bits; nothing for other values. */
	static OptionalLong whole(final JsonElement value, final boolean plain) {
		final double number = number(value, plain);
		if (number != Math.rint(number) || Math.abs(number) > Long.MAX_VALUE ||
			plain && !WHOLE.matcher(value.getAsString()).matches()) return OptionalLong.empty();
		try {
			// a double on the way would lose the low digits of large ones
			return OptionalLong.of(value.getAsBigDecimal().longValueExact());
		}
		catch (final ArithmeticException e) {
			return OptionalLong.empty(); // nineteen digits can be too many
		}
	}
}
