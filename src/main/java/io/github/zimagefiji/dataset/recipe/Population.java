
package io.github.zimagefiji.dataset.recipe;

import java.util.Objects;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * Objects of one kind in a procedural scene.
 *
 * @param kind their form
 * @param className what they are called in class maps; null as their form
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
public record Population(@Key(usual = "nuclei") ObjectKind kind,
		@Key(value = "class", usual = Key.NOTHING) String className,
		@Key(usual = "[3, 6]", least = 1, most = 65535) Range count,
		@Key(usual = Key.COMPUTED, least = 0.5, most = 2048) Range radius,
		@Key(usual = Key.COMPUTED, least = 1, most = 20) Range elongation,
		@Key(usual = Key.COMPUTED, least = 0, most = 0.5) double irregularity,
		@Key(usual = Key.COMPUTED, least = 1, most = 16384) Range length,
		@Key(usual = Key.COMPUTED, least = 0, most = 1) double bending,
		@Key(usual = Key.COMPUTED, least = 0, most = 1) double clustering,
		@Key(usual = Key.COMPUTED, least = 0, most = 0.9) double overlap,
		@Key(usual = Key.COMPUTED, least = 0, most = 100) int gap)
{

	/** @throws WrongValueException if a value is out of range */
	public Population {
		Objects.requireNonNull(kind, "kind");
		className = className == null ? kind.label() : className;
		if (!className.matches("[\\p{L}\\p{N} _.-]{1,60}"))
			throw new WrongValueException("class", "The class \"" + className +
				"\" must have 1 to 60 letters, digits, spaces, dots, hyphens or underscores.");
		RecordCodec.check(Population.class, kind, className, count, radius, elongation, irregularity,
			length, bending, clustering, overlap, gap);
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
