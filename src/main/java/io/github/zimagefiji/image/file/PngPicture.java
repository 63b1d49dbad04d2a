
package io.github.zimagefiji.image.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.CRC32;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.JavaPicture;
import io.github.zimagefiji.image.file.common.JavaReader;
import io.github.zimagefiji.image.file.common.Orientation;
import io.github.zimagefiji.image.file.common.StoredImage;

/**
 * PNG files: their chunks are checked one by one before Java's reader sees them.
 */
final class PngPicture {

	private static final int SIGNATURE = 8;
	private static final int HEADER = 13;
	/** Deflate makes at most this of a byte. */
	private static final double MOST_RATIO = 1040;
	private static final int BUFFER = 1 << 16;

	private final FileBytes file;
	private long width;
	private long height;
	private long bits;
	private long data;
	private int orientation = Orientation.UPRIGHT;

	private PngPicture(final FileBytes file) {
		this.file = file;
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException if it is cut off, damaged, or animated
	 */
	static StoredImage open(final FileBytes file) throws IOException {
		final PngPicture stated = new PngPicture(file);
		stated.walk();
		if (stated.width < 1 || stated.height < 1) throw file.damaged();
		final double bytes = (double) stated.width * stated.height * stated.bits / 8;
		if (bytes > MOST_RATIO * stated.data || stated.width > Integer.MAX_VALUE / stated.height)
			throw file.problem(
				"states " + stated.width + " × " + stated.height + " pixels, more than its bytes can hold");
		JavaMemory.check((long) (3 * bytes) + stated.width * stated.height, file.file());
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file.file()), BUFFER);
				JavaReader reader = new JavaReader(file, "png", in))
		{
			return Orientation.turn(JavaPicture.of(file, reader.read()), stated.orientation);
		}
	}

	private void walk() throws IOException {
		for (long at = SIGNATURE;;) {
			final long length = file.unsignedInt(at);
			final String type = new String(file.block(at + 4, 4).array(), StandardCharsets.ISO_8859_1);
			if (length > file.size() - at - 12) throw file.damaged();
			// what begins with a capital letter is needed for the pixels
			if (Character.isUpperCase(type.charAt(0))) check(at + 4, length + 4);
			switch (type) {
				case "IHDR" -> header(at + 8, length);
				case "IDAT" -> data += length;
				case "eXIf" -> orientation = Orientation.ofExif(file, at + 8, length);
				case "acTL" -> still(at + 8, length);
				default -> {
					// nothing that pixels need
				}
			}
			if (type.equals("IEND")) return;
			at += 12 + length;
		}
	}

	private void header(final long at, final long length) throws IOException {
		if (length != HEADER) throw file.damaged();
		final ByteBuffer header = file.block(at, HEADER);
		width = header.getInt(0) & 0xffffffffL;
		height = header.getInt(4) & 0xffffffffL;
		final int samples = switch (header.get(9)) {
			case 0, 3 -> 1;
			case 2 -> 3;
			case 4 -> 2;
			case 6 -> 4;
			default -> throw file.damaged();
		};
		bits = samples * (header.get(8) & 0xffL);
	}

	private void still(final long at, final long length) throws IOException {
		if (length >= 8 && file.unsignedInt(at) > 1) throw file.problem(
			"holds " + file.unsignedInt(at) + " pictures, one after the other, of which one is needed");
	}

	private void check(final long at, final long length) throws IOException {
		final CRC32 sum = new CRC32();
		for (long done = 0; done < length; done += BUFFER)
			sum.update(file.block(at + done, Math.min(BUFFER, length - done)));
		if (file.unsignedInt(at + length) != sum.getValue()) throw new InvalidInputException(
			file.file() + " is damaged: a checksum does not fit. Copy or download it again.");
	}
}
