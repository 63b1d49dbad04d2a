
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.Objects;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

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
public record Look(@Key(usual = "white") String colour,
		@Key(usual = "[0.6, 1]", least = 0, most = 1) Range brightness,
		@Key(usual = "0.03", least = 0, most = 1) double background,
		@Key(usual = Key.NOTHING) Path backgrounds)
{

	/** White objects on near black. */
	public static final Look DEFAULT = RecordCodec.of(Look.class).usual();

	/** @throws WrongValueException if a value is out of range */
	public Look {
		Objects.requireNonNull(colour, "colour");
		RecordCodec.check(Look.class, colour, brightness, background);
	}
}
