
package io.github.zimagefiji.request;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Labelled;

/**
 * The number format in which a network's weights are held and its linear layers computed.
 */
public enum Precision implements Labelled {

		/**
		 * Chosen by a measurement on this processor, see {@code docs/engine.md}.
		 */
		AUTO,
		/** 32-bit IEEE 754. */
		FLOAT32,
		/** 16 bits with the exponent range of 32-bit numbers; half the memory. */
		BFLOAT16;

	/**
	 * Finds a precision by its {@link #label()}.
	 *
	 * @throws InvalidInputException if there is no such precision
	 */
	public static Precision of(final String label) {
		for (final Precision precision : values()) {
			if (precision.label().equalsIgnoreCase(label)) return precision;
		}
		throw new InvalidInputException(
			"Unknown precision \"" + label + "\". Use float32, bfloat16 or auto.");
	}
}
