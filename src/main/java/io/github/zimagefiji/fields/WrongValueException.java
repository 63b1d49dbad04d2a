
package io.github.zimagefiji.fields;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A value of a record cannot be used. Whoever has read it from a text adds the place.
 */
public final class WrongValueException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	private final String key;

	/**
	 * @param key what texts call the value, without the sections that it is in
	 * @param message a sentence for the user
	 */
	public WrongValueException(final String key, final String message) {
		super(message);
		this.key = key;
	}

	/** What texts call the value, without the sections that it is in. */
	public String key() {
		return key;
	}

	/**
	 * Demands a number within a range, both ends included.
	 *
	 * @throws WrongValueException if it is outside, or NaN
	 */
	public static void check(final String key, final double value, final double least,
		final double most)
	{
		if (value >= least && value <= most) return;
		throw new WrongValueException(key, "\"" + key + "\" is " + plain(value) +
			"; it must be between " + plain(least) + " and " + plain(most) + ".");
	}

	private static String plain(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value)
			: String.valueOf(value);
	}
}
