
package io.github.zimagefiji.image.png;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.FileFailedException;

/**
 * Walks the chunks of a PNG file in search of a text. No length in the file is trusted: what is
 * held in memory is bounded by {@link PngText#MAX_BYTES}, and every chunk passed is checked by its
 * CRC.
 */
final class PngReader {

	private static final int BUFFER_BYTES = 1 << 16;
	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };

	private final Path file;
	private final DataInputStream in;

	private PngReader(final Path file, final DataInputStream in) {
		this.file = file;
		this.in = in;
	}

	/**
	 * Finds the first {@code iTXt} chunk with a keyword.
	 *
	 * @return its text; nothing if the file ends properly without it
	 * @throws InvalidInputException if the file cannot be read, is not a PNG file, or is damaged
	 */
	static Optional<String> text(final Path file, final String keyword) {
		try (DataInputStream in =
			new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES)))
		{
			return new PngReader(file, in).find(keyword);
		}
		catch (final EOFException e) {
			throw new InvalidInputException(file + " is cut off. Copy or download it again.", e);
		}
		catch (final IOException e) {
			throw new FileFailedException(file, file + " could not be read", e,
				"Check its name and place.");
		}
	}

	/** Reads the bytes that every PNG file begins with, and tells whether they are these. */
	static boolean startsWithSignature(final InputStream in) throws IOException {
		return Arrays.equals(in.readNBytes(SIGNATURE.length), SIGNATURE);
	}

	private Optional<String> find(final String keyword) throws IOException {
		if (!startsWithSignature(in))
			throw new InvalidInputException(file + " is not a PNG file. Choose another file.");
		while (true) {
			final long length = in.readInt() & 0xffffffffL;
			final byte[] type = new byte[4];
			in.readFully(type);
			final String name = new String(type, StandardCharsets.ISO_8859_1);
			if (name.equals("IEND")) return Optional.empty();
			final boolean wanted = name.equals("iTXt") && length <= PngText.MAX_BYTES;
			final byte[] data = checked(type, length, wanted);
			if (!wanted) continue;
			final PngText text = PngText.parse(data);
			if (text.keyword().equals(keyword)) return Optional.of(text.text());
		}
	}

	/** Reads a chunk's data and CRC; gives the data only if they are wanted. */
	private byte[] checked(final byte[] type, final long length, final boolean wanted)
		throws IOException
	{
		final CRC32 crc = new CRC32();
		crc.update(type);
		byte[] data = null;
		if (wanted) {
			// readNBytes grows as bytes come: a length beyond the file's end does not
			// allocate
			data = in.readNBytes((int) length);
			if (data.length < length) throw new EOFException();
			crc.update(data);
		}
		else skip(length, crc);
		if (in.readInt() != (int) crc.getValue()) throw new InvalidInputException(
			file + " is damaged: a checksum does not fit. Copy or download it again.");
		return data;
	}

	private void skip(final long length, final CRC32 crc) throws IOException {
		final byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, length)];
		for (long left = length; left > 0;) {
			final int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
			if (read < 0) throw new EOFException();
			crc.update(buffer, 0, read);
			left -= read;
		}
	}
}
