
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Labelled;

/** The parts of a dataset. */
public enum Split implements Labelled {

		/** To train with. */
		TRAIN,
		/** To choose settings with. */
		VAL,
		/** To measure with, at the very end. */
		TEST;
}
