
package io.github.zimagefiji.image.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.JavaPicture;
import io.github.zimagefiji.image.file.common.JavaReader;
import io.github.zimagefiji.image.file.common.StoredImage;

/**
 * GIF files: their blocks are walked before Java's reader sees them, which fills up what is
 * missing.
 */
final class GifPicture {

	private static final int HEADER = 13;
	private static final int IMAGE = 0x2c;
	private static final int EXTENSION = 0x21;
	private static final int END = 0x3b;
	/** LZW's codes of 9 to 12 bits stand for at most 4096 pixels. */
	private static final double MOST_RATIO = 4096;

	private GifPicture() {
		// only static methods
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException if it is cut off, damaged, or animated
	 */
	static StoredImage open(final FileBytes file) throws IOException {
		final ByteBuffer bytes = file.block(0, file.size());
		if (file.size() < HEADER) throw file.damaged();
		final long pixels = walk(file, bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN));
		JavaMemory.check(4 * pixels, file.file());
		try (JavaReader reader = new JavaReader(file, "gif", new ByteArrayInputStream(bytes.array()))) {
			return JavaPicture.of(file, reader.read());
		}
	}

	/** The number of pixels. */
	private static long walk(final FileBytes file, final ByteBuffer bytes) {
		final int width = bytes.getShort(6) & 0xffff;
		final int height = bytes.getShort(8) & 0xffff;
		int pictures = 0;
		for (int at = HEADER + table(bytes.get(10)); at < bytes.limit();) {
			final int kind = bytes.get(at) & 0xff;
			if (kind == END) {
				if (pictures == 0) throw file.damaged();
				if (pictures > 1) throw file
					.problem("holds " + pictures + " pictures, one after the other, of which one is needed");
				return (long) width * height;
			}
			if (kind == EXTENSION) at = afterBlocks(file, bytes, at + 2);
			else if (kind == IMAGE && at + 10 < bytes.limit()) {
				final int from = at + 10 + table(bytes.get(at + 9)) + 1;
				final int end = afterBlocks(file, bytes, from);
				if (pictures++ == 0) checkFirst(file, bytes, at, width, height, end - from);
				at = end;
			}
			else throw file.damaged();
		}
		throw file.damaged();
	}

	private static void checkFirst(final FileBytes file, final ByteBuffer bytes, final int at,
		final int width, final int height, final int data)
	{
		final int left = bytes.getShort(at + 1) & 0xffff;
		final int top = bytes.getShort(at + 3) & 0xffff;
		final int across = bytes.getShort(at + 5) & 0xffff;
		final int down = bytes.getShort(at + 7) & 0xffff;
		if ((double) across * down > MOST_RATIO * data) throw file
			.problem("states " + across + " × " + down + " pixels, more than its bytes can hold");
		if (left != 0 || top != 0 || across != width || down != height)
			throw file.problem("holds a picture of " + across + " × " + down + " pixels on a screen of " +
				width + " × " + height + ", which is not read");
	}

	private static int table(final int flags) {
		return (flags & 0x80) == 0 ? 0 : 3 << (flags & 7) + 1;
	}

	/** Where the blocks of data end that begin here. */
	private static int afterBlocks(final FileBytes file, final ByteBuffer bytes, final int start) {
		for (int at = start; at < bytes.limit();) {
			final int length = bytes.get(at) & 0xff;
			at += 1 + length;
			if (length == 0) return at;
		}
		throw file.damaged();
	}
}
