
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.common.TiffTag;
import io.github.zimagefiji.io.HalfFloat;

/**
 * How a sample is stored in a TIFF file.
 *
 * @param bits of it
 * @param kind of number
 */
record TiffSample(int bits, Kind kind) {

	/** Kinds of numbers. */
	enum Kind {
			UNSIGNED, SIGNED, FLOAT
	}

	private static final int MOST_SAMPLES = 1024;
	private static final int HALF = 16;

	/**
	 * Reads what a page's directory says of its samples.
	 *
	 * @throws InvalidInputException if they differ, or are not read
	 */
	static TiffSample of(final FileBytes file, final TiffDirectory page, final int samples)
		throws IOException
	{
		final int bits = same(file, page.numbers(TiffTag.BITS, MOST_SAMPLES), 1, samples, "bits");
		final int format =
			same(file, page.numbers(TiffTag.SAMPLE_FORMAT, MOST_SAMPLES), 1, samples, "format");
		final Kind kind = switch (format) {
			case 1, 4 -> Kind.UNSIGNED;
			case 2 -> Kind.SIGNED;
			case 3 -> Kind.FLOAT;
			default -> throw file.problem("holds complex numbers, which are not read");
		};
		final boolean known = switch (kind) {
			case UNSIGNED -> bits >= 1 && bits <= 16 || bits == 24 || bits == 32;
			case SIGNED -> bits == 8 || bits == 16 || bits == 32;
			case FLOAT -> bits == 16 || bits == 32 || bits == 64;
		};
		if (!known) throw file.problem("holds " + bits + "-bit " +
			kind.name().toLowerCase(java.util.Locale.ROOT) + " numbers, which are not read");
		return new TiffSample(bits, kind);
	}

	private static int same(final FileBytes file, final long[] stated, final int otherwise,
		final int samples, final String what)
	{
		if (stated.length == 0) return otherwise;
		for (int i = 0; i < Math.min(stated.length, samples); i++)
			if (stated[i] != stated[0]) throw file.problem("has samples that differ in their " + what +
				" " + Arrays.toString(stated) + ", which are not read");
		if (stated[0] < 0 || stated[0] > 1024) throw file.damaged();
		return (int) stated[0];
	}

	/** Whether the values fit into bytes from 0 to 255. */
	boolean isByte() {
		return kind == Kind.UNSIGNED && bits <= 8;
	}

	/** Whether the values fit into 16 bits, signed or not. */
	boolean isShort() {
		return !isByte() && kind != Kind.FLOAT && (bits <= 16 && kind == Kind.UNSIGNED || bits == 16);
	}

	/**
	 * A whole number of up to 16 bits.
	 *
	 * @param row of a block; rows begin at whole bytes
	 * @param index of the sample in the row
	 */
	int whole(final ByteBuffer row, final int start, final int index) {
		if (bits == 8) return row.get(start + index) & 0xff;
		if (bits == 16) return kind == Kind.SIGNED ? row.getShort(start + 2 * index)
			: row.getShort(start + 2 * index) & 0xffff;
		int value = 0;
		// packed from the highest bit on
		for (long bit = (long) index * bits; bit < (index + 1L) * bits; bit++)
			value = value << 1 | row.get(start + (int) (bit >> 3)) >> (7 - (bit & 7)) & 1;
		return value;
	}

	/** A number of any kind, rounded to 32-bit floating point. */
	float number(final ByteBuffer row, final int start, final int index) {
		if (kind == Kind.FLOAT) return switch (bits) {
			case HALF -> HalfFloat.toFloat(row.getShort(start + 2 * index));
			case 32 -> row.getFloat(start + 4 * index);
			default -> (float) row.getDouble(start + 8 * index);
		};
		if (bits == 32) return kind == Kind.SIGNED ? row.getInt(start + 4 * index)
			: row.getInt(start + 4 * index) & 0xffffffffL;
		if (bits == 24) return three(row, start + 3 * index);
		return kind == Kind.SIGNED && bits == 8 ? row.get(start + index) : whole(row, start, index);
	}

	private static int three(final ByteBuffer row, final int at) {
		final int first = row.get(at) & 0xff;
		final int middle = (row.get(at + 1) & 0xff) << 8;
		final int last = row.get(at + 2) & 0xff;
		return row.order() == java.nio.ByteOrder.BIG_ENDIAN ? first << 16 | middle | last
			: last << 16 | middle | first;
	}
}
