
package io.github.zimagefiji.pipeline.sampling;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ImageToImageRequest;

/**
 * How far an image is changed: the part of the schedule that is run on it.
 *
 * @param value above 0 (as good as nothing is changed) up to 1 (nothing is kept but what is not
 *          masked)
 * @param exact whether a strength of less than one step runs one whole step, as in the reference.
 *          Otherwise its first noise level is lowered in proportion, so that the image comes back
 *          unchanged as the strength goes to 0
 */
public record Strength(double value, boolean exact) {

	/** As in the reference. */
	public Strength(final double value) {
		this(value, true);
	}

	/**
	 * @throws InvalidInputException outside (0, 1]
	 */
	public Strength {
		ImageToImageRequest.checkStrength(value);
	}

	/**
	 * The first step that is run, by the reference's arithmetic in double, which cuts off what is not
	 * whole.
	 */
	int firstStep(final int steps) {
		final double run = Math.min(steps * value, steps);
		return (int) Math.max(steps - run, 0);
	}

	/**
	 * The part of a schedule that is run.
	 *
	 * @throws InvalidInputException if no step is left
	 */
	public Schedule of(final Schedule whole) {
		final int first = firstStep(whole.steps());
		final double run = whole.steps() * value;
		if (first < whole.steps() && run < 1 && !exact) return whole.from(first).lowered(run);
		if (first < whole.steps()) return whole.from(first);
		throw new InvalidInputException("With the strength " + value + " none of " + whole.steps() +
			" steps is left. Choose a larger strength or more steps.");
	}
}
