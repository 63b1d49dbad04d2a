
package io.github.zimagefiji.dataset.recipe;

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
public record Edits(double move, Range distance, double scale, Range factor, double remove,
		double duplicate)
{

	/** Some objects move a little, a few vanish, a few come twice. */
	public static final Edits USUAL =
		new Edits(0.25, new Range(5, 20), 0, new Range(0.8, 1.25), 0.1, 0.1);

	/**
	 * @throws RecipeValueException if a value is out of range, or the probabilities are more than 1
	 *           together
	 */
	public Edits {
		RecipeValueException.check("move", move, 0, 1);
		distance.check("distance", 1, 4096);
		RecipeValueException.check("scale", scale, 0, 1);
		factor.check("factor", 0.25, 4);
		RecipeValueException.check("remove", remove, 0, 1);
		RecipeValueException.check("duplicate", duplicate, 0, 1);
		if (move + scale + remove + duplicate > 1 + 1e-9) throw new RecipeValueException("edits",
			"The probabilities of move, scale, remove and duplicate add up to more than 1.");
	}
}
