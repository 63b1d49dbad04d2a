
package io.github.zimagefiji.image.file.common;

/** Colours that files store in other ways, as red, green and blue. */
public final class Colours {

	private Colours() {
		// only static methods
	}

	/**
	 * Luma and colour differences of JFIF (ITU-T T.871) as 0xRRGGBB.
	 *
	 * @param y 0 to 255
	 * @param cb 0 to 255, 128 for none
	 * @param cr 0 to 255, 128 for none
	 */
	public static int ofYCbCr(final int y, final int cb, final int cr) {
		final double blue = cb - 128;
		final double red = cr - 128;
		return part(y + 1.402 * red) << 16 | part(y - 0.344136286 * blue - 0.714136286 * red) << 8 |
			part(y + 1.772 * blue);
	}

	private static int part(final double value) {
		return (int) Math.round(Math.max(0, Math.min(255, value)));
	}

	/**
	 * Inks as 0xRRGGBB, without a profile of a printer.
	 *
	 * @param left what cyan, magenta and yellow leave of red, green and blue light, as 0xRRGGBB
	 * @param black what black leaves of it, 0 to 255
	 */
	public static int ofInks(final int left, final int black) {
		int colour = 0;
		for (int shift = 0; shift <= 16; shift += 8)
			colour |= ((left >> shift & 0xff) * black + 127) / 255 << shift;
		return colour;
	}
}
