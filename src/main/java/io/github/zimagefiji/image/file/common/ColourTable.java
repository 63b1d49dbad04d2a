
package io.github.zimagefiji.image.file.common;

import java.io.IOException;

import ij.process.LUT;
import io.github.zimagefiji.error.InvalidInputException;

/** Tables of colours: those of TIFF files, and of ImageJ. */
public final class ColourTable {

	private static final int ENTRIES = 256;
	private static final int BYTE = 255;

	private ColourTable() {
		// only static methods
	}

	/**
	 * Reads a page's table: all reds, all greens, all blues, of 16 bits each.
	 *
	 * @throws InvalidInputException if there is none for so many bits
	 */
	public static LUT read(final FileBytes file, final TiffDirectory page, final int bits)
		throws IOException
	{
		final int count = 1 << bits;
		final long[] stored = page.numbers(TiffTag.COLOUR_MAP, 3L * ENTRIES);
		if (stored.length != 3 * count) throw file.damaged();
		boolean deep = false;
		for (final long value : stored)
			deep |= value > BYTE;
		final byte[][] colours = new byte[3][ENTRIES];
		for (int i = 0; i < stored.length; i++)
			// some programs write bytes
			colours[i / count][i % count] = (byte) (deep ? stored[i] >> 8 : stored[i]);
		return new LUT(colours[0], colours[1], colours[2]);
	}

	/** From black to white in as many steps as so many bits have. */
	public static LUT grey(final int bits) {
		return upTo((1 << bits) - 1);
	}

	/** From black to white, which is this number. */
	public static LUT upTo(final int most) {
		final byte[] grey = new byte[ENTRIES];
		for (int i = 0; i <= most; i++)
			grey[i] = (byte) Math.round((float) BYTE * i / most);
		return new LUT(grey, grey, grey);
	}

	/**
	 * Whether the table is the plain ramp of grey or its inverse; with others, numbers are not
	 * brightnesses.
	 */
	public static boolean isRamp(final LUT lut) {
		boolean rising = true;
		boolean falling = true;
		for (int i = 0; i < 256; i++) {
			if (lut.getRed(i) != lut.getGreen(i) || lut.getGreen(i) != lut.getBlue(i)) return false;
			rising &= lut.getRed(i) == i;
			falling &= lut.getRed(i) == 255 - i;
		}
		return rising || falling;
	}
}
