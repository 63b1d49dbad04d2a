
package io.github.zimagefiji.dataset.plan;

import io.github.zimagefiji.dataset.recipe.LabelReading;
import io.github.zimagefiji.dataset.scene.LabelPieces;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;

/** Finds label images that look like something else. */
final class LabelCheck {

	/** Tiny pieces beside other objects that are needed for a verdict. */
	private static final int MANY = 8;
	/** Their least part of all pieces. */
	private static final double PART = 0.25;
	private static final String KEEP =
		", or say under labels in the recipe that they are right (pieces: keep).";

	private LabelCheck() {
		// only static methods
	}

	/**
	 * A scene as the recipe wants its labels.
	 *
	 * @param what it was read from, for people
	 * @throws InvalidInputException if it looks like a binary image or one with smooth edges, and the
	 *           recipe does not say that it is none
	 */
	static Scene checked(final Scene scene, final LabelReading.Pieces wanted, final String what) {
		if (wanted == LabelReading.Pieces.KEEP) return scene;
		if (wanted == LabelReading.Pieces.SPLIT) return LabelPieces.split(scene);
		final LabelPieces pieces = LabelPieces.of(scene);
		if (pieces.tinyBesideOthers() >= MANY && pieces.tinyBesideOthers() >= PART * pieces.all())
			throw new InvalidInputException(what + " has " + scene.count() + " labels in " +
				pieces.all() + " pieces, of which " + pieces.tinyBesideOthers() + " have at most " +
				LabelPieces.TINY +
				" pixels and touch other labels, as smooth edges or an image that is no label image would give. " +
				"Save labels without smooth edges and interpolation" + KEEP);
		if (scene.count() == 1 && pieces.all() > 1) throw new InvalidInputException(what +
			" has one label in " + pieces.all() +
			" pieces, as a binary mask has. Say under labels in the recipe whether each is an object (pieces: split) or all " +
			"are one (pieces: keep), or number them before.");
		return scene;
	}
}
