
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;

/**
 * The ControlNet that follows labels.
 *
 * @param network its folder or file; null for the built-in one
 * @param scale how strongly it is followed; 1 as in training
 */
public record ControlSettings(Path network, double scale) {

	/** The built-in one, as it was trained. */
	public static final ControlSettings BUILT_IN = new ControlSettings(null, 1);

	/** @throws RecipeValueException if the scale is out of range */
	public ControlSettings {
		RecipeValueException.check("scale", scale, 0, 10);
	}
}
