
package io.github.zimagefiji.image.file.common;

/** Luma and colour differences of JFIF (ITU-T T.871) as red, green and blue. */
public final class YCbCr {

	private YCbCr() {
		// only static methods
	}

	/**
	 * The colour as 0xRRGGBB.
	 *
	 * @param y 0 to 255
	 * @param cb 0 to 255, 128 for none
	 * @param cr 0 to 255, 128 for none
	 */
	public static int rgb(final int y, final int cb, final int cr) {
		final double blue = cb - 128;
		final double red = cr - 128;
		return part(y + 1.402 * red) << 16 | part(y - 0.344136286 * blue - 0.714136286 * red) << 8 |
			part(y + 1.772 * blue);
	}

	private static int part(final double value) {
		return (int) Math.round(Math.max(0, Math.min(255, value)));
	}
}
