
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * What happens to the objects of a real image. Each object gets at most one of the changes.
 *
 * @param move probability of another place
 * @param distance how far, pixels in each direction
 * @param scale probability of another size
 * @param factor which size
 * @param remove probability of vanishing
 * @param duplicate probability of a copy elsewhere
 */
public record Edits(@Key(usual = "0", least = 0, most = 1) double move,
		@Key(usual = "[5, 20]", least = 1, most = 4096) Range distance,
		@Key(usual = "0", least = 0, most = 1) double scale,
		@Key(usual = "[0.8, 1.25]", least = 0.25, most = 4) Range factor,
		@Key(usual = "0", least = 0, most = 1) double remove,
		@Key(usual = "0", least = 0, most = 1) double duplicate)
{

	/** Some objects move a little, a few vanish, a few come twice. */
	public static final Edits USUAL =
		new Edits(0.25, new Range(5, 20), 0, new Range(0.8, 1.25), 0.1, 0.1);

	/**
	 * @throws WrongValueException if a value is out of range, or the probabilities are more than 1
	 *           together
	 */
	public Edits {
		RecordCodec.check(Edits.class, move, distance, scale, factor, remove, duplicate);
		if (move + scale + remove + duplicate > 1 + 1e-9) throw new WrongValueException("edits",
			"The probabilities of move, scale, remove and duplicate add up to more than 1.");
	}
}
