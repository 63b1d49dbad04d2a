
package io.github.zimagefiji.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Three disks of 317, 441 and 377 pixels in 128 × 128, and files of them as other programs than
 * ImageJ write them.
 */
public final class Disks {

	/** Pixels a side. */
	public static final int SIDE = 128;
	/** Pixels of all disks together. */
	public static final int AREA = 317 + 441 + 377;

	private static final int[][] PLACES = { { 30, 30, 10 }, { 90, 40, 12 }, { 60, 95, 11 } };
	private static final int HEADER = 8 + 2 + 10 * 12 + 4;

	private Disks() {
		// only static methods
	}

	/** The disk of a pixel, 1 to 3; 0 beside them. */
	public static int at(final int i) {
		for (int disk = 0; disk < 3; disk++) {
			final int x = i % SIDE - PLACES[disk][0];
			final int y = i / SIDE - PLACES[disk][1];
			if (x * x + y * y <= PLACES[disk][2] * PLACES[disk][2]) return disk + 1;
		}
		return 0;
	}

	/** How much of a pixel lies in a disk, from 0 to 1, by 64 points in it. */
	public static double covered(final int i) {
		int inside = 0;
		for (int point = 0; point < 64; point++) {
			final double x = i % SIDE + (point % 8 + 0.5) / 8 - 0.5;
			final double y = i / SIDE + (point / 8 + 0.5) / 8 - 0.5;
			for (final int[] place : PLACES)
				if (Math.hypot(x - place[0], y - place[1]) <= place[2]) inside++;
		}
		return inside / 64.0;
	}

	/**
	 * Writes a TIFF file of whole numbers of 16 bits with a sign, as NumPy's int16 is saved.
	 *
	 * @param values of no disk and of the three
	 */
	public static Path signedTiff(final Path file, final ByteOrder order, final int... values)
		throws IOException
	{
		final ByteBuffer bytes = ByteBuffer.allocate(HEADER + 2 * SIDE * SIDE).order(order);
		bytes.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M')).put(bytes.get(0))
			.putShort((short) 42).putInt(8).putShort((short) 10);
		final int[][] tags = { { 256, SIDE }, { 257, SIDE }, { 258, 16 }, { 259, 1 }, { 262, 1 },
			{ 273, HEADER }, { 277, 1 }, { 278, SIDE }, { 279, 2 * SIDE * SIDE }, { 339, 2 } };
		for (final int[] tag : tags)
			bytes.putShort((short) tag[0]).putShort((short) 4).putInt(1).putInt(tag[1]);
		bytes.putInt(0);
		for (int i = 0; i < SIDE * SIDE; i++)
			bytes.putShort((short) values[at(i)]);
		return Files.write(file, bytes.array());
	}
}
