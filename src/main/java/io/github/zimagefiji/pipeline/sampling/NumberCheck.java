
package io.github.zimagefiji.pipeline.sampling;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.request.Precision;

/**
 * Turns a result that is not a number into an error, instead of a black image.
 */
public final class NumberCheck {

	private NumberCheck() {}

	/** @param loras whether LoRAs took part */
	public static void latents(final float[] values, final Precision precision, final boolean loras) {
		check(values, "sampling", precision, loras
			? "A LoRA may be damaged, or too strong: try without it, or with a smaller scale. " : "");
	}

	public static void pixels(final float[] values, final Precision precision) {
		check(values, "decoding", precision, "");
	}

	private static void check(final float[] values, final String stage, final Precision precision,
		final String first)
	{
		for (final float value : values) {
			if (!Float.isFinite(value)) throw new EngineFailedException("The " + stage + " in " +
				precision.label() + " gave invalid numbers (NaN or infinity). " + first +
				(precision == Precision.FLOAT32 ? "The model's files may be damaged; download them again."
					: "Try the precision float32."));
		}
	}
}
