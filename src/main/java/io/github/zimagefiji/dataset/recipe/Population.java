
package io.github.zimagefiji.dataset.recipe;

import java.util.Objects;

/**
 * Objects of one kind in a procedural scene.
 *
 * @param kind their form
 * @param className what they are called in class maps
 * @param count how many a scene has
 * @param radius pixels; half the thickness of filaments; without meaning for tissue
 * @param elongation long axis over short axis, 1 or more
 * @param irregularity how far the outline departs from an ellipse, part of the radius, 0 to 0.5
 * @param length of filaments, pixels
 * @param bending standard deviation of a filament's change of direction, radians for each pixel
 * @param clustering probability that an object lies beside an earlier one, 0 to 1
 * @param overlap largest part of an object that another one may cover, 0 to 0.9
 * @param gap pixels between objects where none may overlap; between the cells of a tissue
 */
public record Population(ObjectKind kind, String className, Range count, Range radius,
		Range elongation, double irregularity, Range length, double bending, double clustering,
		double overlap, int gap)
{

	/** @throws RecipeValueException if a value is out of range */
	public Population {
		Objects.requireNonNull(kind, "kind");
		if (!className.matches("[\\p{L}\\p{N} _.-]{1,60}"))
			throw new RecipeValueException("class", "The class \"" + className +
				"\" must have 1 to 60 letters, digits, spaces, dots, hyphens or underscores.");
		count.check("count", 1, 65535);
		radius.check("radius", 0.5, 2048);
		elongation.check("elongation", 1, 20);
		RecipeValueException.check("irregularity", irregularity, 0, 0.5);
		length.check("length", 1, 16384);
		RecipeValueException.check("bending", bending, 0, 1);
		RecipeValueException.check("clustering", clustering, 0, 1);
		RecipeValueException.check("overlap", overlap, 0, 0.9);
		RecipeValueException.check("gap", gap, 0, 100);
	}

	/** A kind with its usual values. */
	public static Population of(final ObjectKind kind, final String className, final Range count) {
		return switch (kind) {
			case CELLS -> new Population(kind, className, count, new Range(12, 18), new Range(1, 1.6),
				0.15, Range.of(1), 0, 0, 0, 2);
			case FILAMENTS -> new Population(kind, className, count, new Range(1, 1.5), Range.of(1), 0,
				new Range(40, 80), 0.05, 0, 0.5, 0);
			case SPOTS -> new Population(kind, className, count, new Range(1.5, 2.5), Range.of(1), 0,
				Range.of(1), 0, 0, 0, 2);
			case TISSUE -> new Population(kind, className, count, Range.of(1), Range.of(1), 0,
				Range.of(1), 0, 0, 0, 2);
			case NUCLEI -> new Population(kind, className, count, new Range(8, 13), new Range(1, 1.3),
				0.05, Range.of(1), 0, 0, 0, 2);
		};
	}
}
