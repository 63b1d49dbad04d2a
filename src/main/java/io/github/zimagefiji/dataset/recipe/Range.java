
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Key;

/**
 * Values from which one is drawn evenly.
 *
 * @param least the smallest
 * @param most the largest; the same for one fixed value
 */
@Key(Key.PAIR)
public record Range(double least, double most) {

	/** One fixed value. */
	public static Range of(final double value) {
		return new Range(value, value);
	}

	/** The value at a place in between: 0 gives the smallest, 1 the largest. */
	public double at(final double place) {
		return least + (most - least) * place;
	}

	/** One of the whole numbers of the range, for a place in [0, 1). */
	public int wholeAt(final double place) {
		return (int) least + (int) (place * ((int) most - (int) least + 1));
	}
}
