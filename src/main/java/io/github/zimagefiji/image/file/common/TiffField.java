
package io.github.zimagefiji.image.file.common;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * One entry of a TIFF directory; its values stay in the file until they are asked for.
 *
 * @param type of the values, as TIFF 6.0 and BigTIFF number them
 * @param count of values
 * @param place where they lie in the file
 */
public record TiffField(int type, long count, long place) {

	private static final int[] BYTES = { 0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8 };

	/** Bytes of one value; 0 if the type is not known. */
	static int bytes(final int type) {
		return type < 0 || type >= BYTES.length ? 0 : BYTES[type];
	}

	/**
	 * All values as whole numbers.
	 *
	 * @param most values that make sense
	 * @throws InvalidInputException if there are more, if they are no whole numbers, or lie beyond
	 *           the file's end
	 */
	long[] numbers(final FileBytes file, final long most) throws IOException {
		if (count > most || bytes(type) == 0) throw file.damaged();
		final ByteBuffer values = file.block(place, count * bytes(type));
		final long[] numbers = new long[(int) count];
		for (int i = 0; i < numbers.length; i++)
			numbers[i] = number(values, file);
		return numbers;
	}

	private long number(final ByteBuffer values, final FileBytes file) {
		return switch (type) {
			case 1, 7 -> values.get() & 0xff;
			case 3 -> values.getShort() & 0xffff;
			case 4, 13 -> values.getInt() & 0xffffffffL;
			case 6 -> values.get();
			case 8 -> values.getShort();
			case 9 -> values.getInt();
			case 16, 17, 18 -> values.getLong();
			default -> throw file.damaged();
		};
	}

	/** The first value, a fraction; 0 if it is not one. */
	double fraction(final FileBytes file) throws IOException {
		if (type != 5 || count < 1) return 0;
		final ByteBuffer values = file.block(place, 8);
		final double numerator = values.getInt() & 0xffffffffL;
		final double denominator = values.getInt() & 0xffffffffL;
		return denominator == 0 ? 0 : numerator / denominator;
	}

	/**
	 * The bytes of all values.
	 *
	 * @throws InvalidInputException if there are too many, or if they lie beyond the file's end
	 */
	public byte[] content(final FileBytes file, final long most) throws IOException {
		if (count > most) throw file.damaged();
		return file.block(place, count * bytes(type)).array();
	}

	/** A text, up to its first zero byte. */
	String text(final FileBytes file, final long most) throws IOException {
		final String text = new String(content(file, most), StandardCharsets.UTF_8);
		final int end = text.indexOf('\0');
		return end < 0 ? text : text.substring(0, end);
	}
}
