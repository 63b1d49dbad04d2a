
package io.github.zimagefiji.dataset.recipe;

import java.util.Objects;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.image.source.PlaneChoice;

/**
 * How the files of labels are read.
 *
 * @param plane of a label image, or of the ROIs of a set, where there are several
 * @param pieces what becomes of labels that are in several pieces
 */
public record LabelReading(@Key(Key.FLAT) PlaneChoice plane, @Key(usual = "check") Pieces pieces) {

	/** What becomes of labels in several pieces. */
	public enum Pieces implements Labelled {

			/**
			 * They stay one object, and are reported; images that look binary or smooth-edged are
			 * refused.
			 */
			CHECK,
			/** They stay one object. */
			KEEP,
			/** Each piece becomes an object. */
			SPLIT;
	}

	/** Files with one plane, whose labels are checked. */
	public static final LabelReading USUAL = new LabelReading(PlaneChoice.SHOWN, Pieces.CHECK);

	/** Both must be given. */
	public LabelReading {
		Objects.requireNonNull(plane, "plane");
		Objects.requireNonNull(pieces, "pieces");
	}
}
