
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * Which part of the scenes (or source images) each split gets. All images of one scene are in the
 * same split.
 *
 * @param train share, 0 to 1
 * @param val share, 0 to 1
 * @param test share, 0 to 1; together they are 1
 */
public record Splits(@Key(usual = "0", least = 0, most = 1) double train,
		@Key(usual = "0", least = 0, most = 1) double val,
		@Key(usual = "0", least = 0, most = 1) double test)
{

	/** The default. */
	public static final Splits DEFAULT = new Splits(0.8, 0.1, 0.1);

	/** @throws WrongValueException if the shares are not possible */
	public Splits {
		RecordCodec.check(Splits.class, train, val, test);
		if (Math.abs(train + val + test - 1) > 1e-6)
			throw new WrongValueException("splits", "The splits add up to " +
				Math.rint((train + val + test) * 1e6) / 1e6 + "; train, val and test must add up to 1.");
	}

	/**
	 * How many of some groups belong to a split: rounded, and the rest to the last split that is
	 * wanted at all.
	 *
	 * @throws WrongValueException if a wanted split would stay empty
	 */
	public int groups(final Split split, final int groups) {
		final int trainGroups = val + test > 0 ? (int) Math.round(train * groups) : groups;
		final int valGroups = test > 0 ? (int) Math.min(groups - trainGroups, Math.round(val * groups))
			: groups - trainGroups;
		final int count = split == Split.TRAIN ? trainGroups
			: split == Split.VAL ? valGroups : groups - trainGroups - valGroups;
		if (count == 0 && share(split) > 0) throw new WrongValueException("splits",
			"The split \"" + split.label() + "\" gets " + share(split) + " of " + groups +
				" scenes or source images, which is none. Make more, or leave the " + "split out (0).");
		return count;
	}

	private double share(final Split split) {
		return split == Split.TRAIN ? train : split == Split.VAL ? val : test;
	}
}
