
package io.github.zimagefiji.image.file.common;

/** Inks as colours, without a profile of a printer. */
public final class Inks {

	private Inks() {
		// only static methods
	}

	/**
	 * The colour as 0xRRGGBB.
	 *
	 * @param left what cyan, magenta and yellow leave of red, green and blue light, as 0xRRGGBB
	 * @param black what black leaves of it, 0 to 255
	 */
	public static int rgb(final int left, final int black) {
		int colour = 0;
		for (int shift = 0; shift <= 16; shift += 8)
			colour |= ((left >> shift & 0xff) * black + 127) / 255 << shift;
		return colour;
	}
}
