
package io.github.zimagefiji.request;

import java.util.Locale;

import io.github.zimagefiji.error.InvalidInputException;

/** How a run goes from one noise level to the next. */
public enum Sampler {

		/** One evaluation of the transformer a step, along a straight line. */
		EULER,
		/**
		 * Heun's method: two evaluations a step, except for the last; the step follows their mean.
		 */
		HEUN;

	/** As provenance, macros and the command line call it, such as {@code euler}. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Finds a sampler by its name.
	 *
	 * @throws InvalidInputException if there is no such sampler
	 */
	public static Sampler of(final String name) {
		for (final Sampler sampler : values())
			if (sampler.toString().equals(name)) return sampler;
		throw new InvalidInputException("Unknown sampler \"" + name + "\". Use euler or heun.");
	}
}
