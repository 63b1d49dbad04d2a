
package io.github.zimagefiji.dataset.recipe;

import java.util.Locale;

/** The parts of a dataset. */
public enum Split {

		/** To train with. */
		TRAIN,
		/** To choose settings with. */
		VAL,
		/** To measure with, at the very end. */
		TEST;

	/** As folders call it. */
	public String label() {
		return name().toLowerCase(Locale.ROOT);
	}
}
