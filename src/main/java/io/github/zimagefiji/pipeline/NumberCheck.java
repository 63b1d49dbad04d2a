
package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.EngineFailedException;
import io.github.zimagefiji.Precision;

/**
 * Turns a result that is not a number into an error, instead of a black image.
 */
final class NumberCheck {

	private NumberCheck() {}

	static void latents(final float[] values, final Precision precision) {
		check(values, "sampling", precision);
	}

	static void pixels(final float[] values, final Precision precision) {
		check(values, "decoding", precision);
	}

	private static void check(final float[] values, final String stage,
		final Precision precision)
	{
		for (final float value : values) {
			if (!Float.isFinite(value)) throw new EngineFailedException("The " +
				stage + " in " + precision.label() +
				" gave numbers that are none (NaN or infinity). " +
				(precision == Precision.FLOAT32
					? "The model's files may be damaged; download them again."
					: "Try the precision float32."));
		}
	}
}
