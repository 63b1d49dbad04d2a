
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JpegFile;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.common.TiffField;
import io.github.zimagefiji.image.file.common.TiffTag;

/**
 * How the blocks of a page of a TIFF file are packed.
 *
 * @param method TIFF's number of the compression
 * @param predictor 1 for none, 2 for differences, 3 for those of floating point
 * @param reversed whether bits are stored from the lowest on
 * @param tables of JPEG; empty if there are none
 */
record TiffCoding(int method, int predictor, boolean reversed, byte[] tables) {

	private static final int NONE = 1;
	private static final int LZW = 5;
	private static final int JPEG = 7;
	private static final int DEFLATE = 8;
	private static final int OLD_DEFLATE = 32946;
	private static final int PACK_BITS = 32773;

	private static final int MOST_TABLES = 1 << 16;

	/**
	 * Reads what a page's directory says of its compression.
	 *
	 * @throws InvalidInputException if it is not read
	 */
	static TiffCoding of(final FileBytes file, final TiffDirectory page, final TiffSample format)
		throws IOException
	{
		final int stated = (int) page.number(TiffTag.COMPRESSION, NONE);
		final int method = stated == OLD_DEFLATE ? DEFLATE : stated == 0 ? NONE : stated;
		if (method != NONE && method != LZW && method != JPEG && method != DEFLATE &&
			method != PACK_BITS)
			throw file.problem("is compressed by " + name(method) + ", which is not read");
		final int predictor = (int) page.number(TiffTag.PREDICTOR, 1);
		final boolean packs = method == LZW || method == DEFLATE;
		// programs do not agree on what this means
		if (predictor != 1 && !packs)
			throw file.problem("has a predictor with " + name(method) + ", which is not read");
		final boolean fits = switch (predictor) {
			case 1 -> true;
			case 2 -> format.bits() % 8 == 0 && format.bits() != 24 && format.bits() <= 32;
			case 3 -> format.kind() == TiffSample.Kind.FLOAT;
			default -> false;
		};
		if (!fits) throw file.problem(
			"has predictor " + predictor + " with " + format.bits() + "-bit numbers, which is not read");
		if (method == JPEG && !format.equals(new TiffSample(8, TiffSample.Kind.UNSIGNED)))
			throw file.problem("holds JPEG data of " + format.bits() + " bits, which are not read");
		final TiffField tables = page.field(TiffTag.JPEG_TABLES).orElse(null);
		return new TiffCoding(method, predictor,
			method != JPEG && page.number(TiffTag.FILL_ORDER, 1) == 2,
			method != JPEG || tables == null ? new byte[0] : tables.content(file, MOST_TABLES));
	}

	private static String name(final int method) {
		return switch (method) {
			case NONE -> "no compression";
			case 2, 3, 4, 32771 -> "CCITT (a fax code)";
			case 6 -> "JPEG in its old form";
			case JPEG -> "JPEG";
			case PACK_BITS -> "PackBits";
			case 33003, 33004, 33005, 34712 -> "JPEG 2000";
			case 34676, 34677 -> "SGILog";
			case 34887 -> "LERC";
			case 34925 -> "LZMA";
			case 50000, 34926 -> "Zstandard";
			case 50001, 34927 -> "WebP";
			case 50002, 52546 -> "JPEG XL";
			case 22610, 34934, 34933 -> "JPEG XR or PNG";
			default -> "a method that is not known (compression " + method + ")";
		};
	}

	/** Whether blocks are packed at all. */
	boolean isPacked() {
		return method != NONE;
	}

	/** Whether blocks are JPEG streams. */
	boolean isJpeg() {
		return method == JPEG;
	}

	/** The most bytes that a block of so many bytes can be unpacked to. */
	double most(final long packed) {
		return switch (method) {
			case LZW -> 2800.0 * packed;
			case DEFLATE -> 1040.0 * packed;
			case PACK_BITS -> 64.0 * packed + 64;
			default -> JpegFile.MOST_RATIO * (packed + tables.length);
		};
	}

	/**
	 * Unpacks a block.
	 *
	 * @param rows that are wanted
	 * @param rowBytes of a row
	 * @param samples of a pixel in this block
	 * @return rows × rowBytes bytes, in the file's order of bytes
	 * @throws InvalidInputException if it is damaged
	 */
	ByteBuffer unpack(final FileBytes file, final ByteBuffer block, final int rows,
		final int rowBytes, final TiffSample format, final int samples) throws IOException
	{
		final byte[] packed = block.array();
		if (reversed) for (int i = 0; i < packed.length; i++)
			packed[i] = (byte) (Integer.reverse(packed[i]) >>> 24);
		final int length = rows * rowBytes;
		final byte[] plain = switch (method) {
			case NONE -> packed;
			case LZW -> lzw(file, packed, length);
			case DEFLATE -> Unpacker.deflate(packed, length);
			case PACK_BITS -> Unpacker.packBits(packed, length);
			default -> JpegFile.samples(file, JpegFile.joined(tables, packed), rowBytes / samples, rows,
				samples);
		};
		if (plain == null) throw file.damaged();
		final ByteBuffer made = ByteBuffer.wrap(plain).order(file.order());
		for (int row = 0; row < rows; row++) {
			if (predictor == 2)
				undoDifferences(made, row * rowBytes, rowBytes, format.bits() / 8, samples);
			if (predictor == 3) undoFloat(made, row * rowBytes, rowBytes, format.bits() / 8, samples);
		}
		return made;
	}

	private static byte[] lzw(final FileBytes file, final byte[] packed, final int length) {
		if (packed.length > 1 && packed[0] == 0 && (packed[1] & 1) == 1)
			throw file.problem("is compressed by LZW in its old form, which is not read");
		return Unpacker.lzw(packed, length);
	}

	/** Each number is stored as the difference from that of the pixel before. */
	private static void undoDifferences(final ByteBuffer rows, final int start, final int length,
		final int bytes, final int samples)
	{
		final int step = bytes * samples;
		for (int at = start + step; at < start + length; at += bytes) {
			if (bytes == 1) rows.put(at, (byte) (rows.get(at) + rows.get(at - step)));
			else
				if (bytes == 2) rows.putShort(at, (short) (rows.getShort(at) + rows.getShort(at - step)));
				else rows.putInt(at, rows.getInt(at) + rows.getInt(at - step));
		}
	}

	/**
	 * Adobe's Photoshop TIFF technical note 3: all first bytes of a row come first, highest first, as
	 * differences.
	 */
	private static void undoFloat(final ByteBuffer rows, final int start, final int length,
		final int bytes, final int samples)
	{
		for (int at = start + samples; at < start + length; at++)
			rows.put(at, (byte) (rows.get(at) + rows.get(at - samples)));
		final byte[] row = new byte[length];
		rows.get(start, row);
		final int numbers = length / bytes;
		final boolean big = rows.order() == ByteOrder.BIG_ENDIAN;
		for (int i = 0; i < numbers; i++)
			for (int b = 0; b < bytes; b++)
				rows.put(start + i * bytes + (big ? b : bytes - 1 - b), row[b * numbers + i]);
	}
}
