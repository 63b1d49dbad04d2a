
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A value of a recipe cannot be used. Whoever reads the recipe's text adds the line.
 */
public final class RecipeValueException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	private final String key;

	public RecipeValueException(final String key, final String message) {
		super(message);
		this.key = key;
	}

	/** The recipe's key that has the value, without those above it. */
	public String key() {
		return key;
	}

	/** Demands a number within a range, both ends included. */
	public static void check(final String key, final double value, final double least,
		final double most)
	{
		if (value >= least && value <= most) return;
		throw new RecipeValueException(key, "\"" + key + "\" is " + plain(value) +
			"; it must be between " + plain(least) + " and " + plain(most) + ".");
	}

	private static String plain(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e15 ? String.valueOf((long) value)
			: String.valueOf(value);
	}
}
