
package io.github.zimagefiji.image.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.JavaPicture;
import io.github.zimagefiji.image.file.common.JavaReader;
import io.github.zimagefiji.image.file.common.StoredImage;

/** BMP files: their sizes are checked before Java's reader sees them. */
final class BmpPicture {

	private static final int FILE_HEADER = 14;
	private static final int OLD_HEADER = 12;
	private static final int NEW_HEADER = 40;
	private static final int BIT_FIELDS = 3;

	private BmpPicture() {
		// only static methods
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException if it is cut off, damaged, or compressed
	 */
	static StoredImage open(final FileBytes file) throws IOException {
		if (file.size() < FILE_HEADER + OLD_HEADER) throw file.damaged();
		file.order(ByteOrder.LITTLE_ENDIAN);
		final long header = file.unsignedInt(FILE_HEADER);
		final boolean old = header == OLD_HEADER;
		if (!old && header < NEW_HEADER)
			throw file.problem("has a BMP header of " + header + " bytes, which is not read");
		final ByteBuffer stated = file.block(FILE_HEADER, old ? OLD_HEADER : NEW_HEADER);
		final long width = old ? stated.getShort(4) & 0xffff : stated.getInt(4);
		// negative where the first row is the upper one
		final long height = Math.abs(old ? stated.getShort(6) & 0xffff : (long) stated.getInt(8));
		final int bits = stated.getShort(old ? 10 : 14) & 0xffff;
		final long compression = old ? 0 : stated.getInt(16) & 0xffffffffL;
		if (width < 1 || height < 1) throw file.damaged();
		if (compression != 0 && compression != BIT_FIELDS) throw file
			.problem("is a compressed BMP file (method " + compression + "), which is not read");
		final long rowBytes = (width * bits + 31) / 32 * 4;
		final long start = file.unsignedInt(10);
		if (start > file.size() || rowBytes > (file.size() - start) / height) throw file.damaged();
		JavaMemory.check(5 * width * height, file.file());
		try (JavaReader reader =
			new JavaReader(file, "bmp", new ByteArrayInputStream(file.block(0, file.size()).array())))
		{
			return JavaPicture.of(file, reader.read());
		}
	}
}
