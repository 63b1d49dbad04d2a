
package io.github.zimagefiji.io;

/** 16-bit IEEE 754 numbers, which Java knows from version 20 on. */
public final class HalfFloat {

	private HalfFloat() {}

	/** The number that some bits stand for. */
	public static float toFloat(final short bits) {
		final int exponent = bits >> 10 & 0x1f;
		final int mantissa = bits & 0x3ff;
		final float size = switch (exponent) {
			case 0 -> Math.scalb((float) mantissa, -24);
			case 0x1f -> mantissa == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
			default -> Math.scalb((float) (mantissa | 0x400), exponent - 25);
		};
		return bits < 0 ? -size : size;
	}
}
