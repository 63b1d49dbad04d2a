
package io.github.zimagefiji.image.file.tiff;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Unpacks the blocks of TIFF files (TIFF 6.0, sections 9 and 13; Adobe's supplement for Deflate).
 * Each gives just as many bytes as are wanted, or says that there are fewer.
 */
final class Unpacker {

	private static final int CLEAR = 256;
	private static final int END = 257;
	private static final int CODES = 4096;
	private static final int SHORTEST = 9;
	private static final int LONGEST = 12;

	private Unpacker() {
		// only static methods
	}

	/** Gives null if the data end too early or are wrong. */
	static byte[] deflate(final byte[] packed, final int length) {
		final byte[] made = new byte[length];
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(packed);
			int done = 0;
			while (done < length) {
				final int count = inflater.inflate(made, done, length - done);
				if (count == 0 &&
					(inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) return null;
				done += count;
			}
			return made;
		}
		catch (final DataFormatException e) {
			return null;
		}
		finally {
			inflater.end();
		}
	}

	/** Gives null if the data end too early. */
	static byte[] packBits(final byte[] packed, final int length) {
		final byte[] made = new byte[length];
		int at = 0;
		int done = 0;
		while (done < length) {
			if (at >= packed.length) return null;
			final int count = packed[at++];
			if (count == -128) continue;
			if (count >= 0) {
				final int copied = Math.min(count + 1, length - done);
				if (copied > packed.length - at) return null;
				System.arraycopy(packed, at, made, done, copied);
				at += count + 1;
				done += copied;
			}
			else {
				if (at >= packed.length) return null;
				for (int i = 0; i < 1 - count && done < length; i++)
					made[done++] = packed[at];
				at++;
			}
		}
		return made;
	}

	/**
	 * LZW from the highest bit on, with codes that grow one early. Gives null if the data end too
	 * early or are wrong.
	 */
	static byte[] lzw(final byte[] packed, final int length) {
		final byte[] made = new byte[length];
		// the string of a code lies where it was made: what went before, and the
		// first byte after it
		final int[] starts = new int[CODES];
		final int[] lengths = new int[CODES];
		int next = END + 1;
		int width = SHORTEST;
		int start = -1;
		int size = 0;
		int done = 0;
		for (long bit = 0; done < length;) {
			if (bit + width > 8L * packed.length) return null;
			final int code = code(packed, bit, width);
			bit += width;
			if (code == CLEAR) {
				next = END + 1;
				width = SHORTEST;
				start = -1;
				continue;
			}
			if (code == END || code > END && (start < 0 || code > next)) return null;
			final boolean newest = code == next;
			final int from = newest ? start : starts[code];
			final int count = code < CLEAR ? 1 : newest ? size + 1 : lengths[code];
			if (start >= 0 && next < CODES) {
				starts[next] = start;
				lengths[next++] = size + 1;
			}
			if (next + 1 >= 1 << width && width < LONGEST) width++;
			start = done;
			size = count;
			if (code < CLEAR) made[done++] = (byte) code;
			else for (int i = 0; i < count && done < length; i++)
				made[done++] = made[from + i];
		}
		return made;
	}

	private static int code(final byte[] packed, final long bit, final int width) {
		int value = 0;
		for (int i = (int) (bit >> 3); i <= bit + width - 1 >> 3; i++)
			value = value << 8 | packed[i] & 0xff;
		final int spare = (int) (7 - (bit + width - 1 & 7));
		return value >> spare & (1 << width) - 1;
	}
}
