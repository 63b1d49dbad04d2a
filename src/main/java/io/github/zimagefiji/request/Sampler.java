
package io.github.zimagefiji.request;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;

/** How a run goes from one noise level to the next. */
public enum Sampler implements Labelled {

		/** One evaluation of the transformer a step, along a straight line. */
		EULER,
		/**
		 * Heun's method: two evaluations a step, except for the last; the step follows their mean.
		 */
		HEUN;

	/**
	 * Finds a sampler by its label.
	 *
	 * @throws InvalidInputException if there is no such sampler
	 */
	public static Sampler of(final String label) {
		return Labelled.find(values(), label).orElseThrow(
			() -> new InvalidInputException("Unknown sampler \"" + label + "\". Use euler or heun."));
	}
}
