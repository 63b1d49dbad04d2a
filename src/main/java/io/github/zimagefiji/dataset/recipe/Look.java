
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.Objects;

/**
 * How labels are drawn plainly, for workflows that start from a picture.
 *
 * @param colour of objects: red, green, blue, cyan, magenta, yellow, white, or six hexadecimal
 *          digits; may have the prompt's places
 * @param brightness of objects, 0 to 1; one is drawn for each
 * @param background brightness beside objects, 0 to 1
 * @param backgrounds folder of pictures that objects are painted into, of the recipe's size; null
 *          for the plain brightness
 */
public record Look(String colour, Range brightness, double background, Path backgrounds) {

	/** White objects on near black. */
	public static final Look DEFAULT = new Look("white", new Range(0.6, 1), 0.03, null);

	/** @throws RecipeValueException if a value is out of range */
	public Look {
		Objects.requireNonNull(colour, "colour");
		brightness.check("brightness", 0, 1);
		RecipeValueException.check("background", background, 0, 1);
	}
}
