
package io.github.zimagefiji.model;

import io.github.zimagefiji.weights.writer.NarrowedFile;

/**
 * Roundings to the 8 significant bits of bfloat16, where the reference's pipelines make them in any
 * precision.
 */
public final class Bfloat16 {

	private static final int DROPPED_BITS = 16;

	private Bfloat16() {}

	/**
	 * The nearest number of bfloat16, of two equally near the even one; what is not a number stays
	 * so.
	 */
	public static float round(final float value) {
		if (Float.isNaN(value)) return value;
		return Float.intBitsToFloat(NarrowedFile.bfloat16(value) << DROPPED_BITS);
	}

	/** All values rounded. */
	public static float[] round(final float[] values) {
		final float[] result = new float[values.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = round(values[i]);
		}
		return result;
	}
}
