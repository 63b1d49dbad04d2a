
package io.github.zimagefiji.fields;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads text files of unknown origin: UTF-8, and never more than is meant. */
public final class BoundedText {

	private BoundedText() {
		// only static methods
	}

	/**
	 * Reads a file.
	 *
	 * @param mostBytes larger files are something else
	 * @return its text without a byte order mark
	 * @throws MalformedTextException if it is larger, or not UTF-8
	 * @throws IOException if it cannot be read
	 */
	public static String read(final Path file, final int mostBytes) throws IOException {
		return decode(bytes(file, mostBytes));
	}

	/**
	 * Reads a file's bytes. Its size is not asked beforehand: that of a device or a pipe says
	 * nothing.
	 *
	 * @throws MalformedTextException if there are more than {@code mostBytes}
	 * @throws IOException if it cannot be read
	 */
	public static byte[] bytes(final Path file, final int mostBytes) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			final byte[] bytes = in.readNBytes(mostBytes);
			if (in.read() >= 0)
				throw new MalformedTextException("it is larger than " + mostBytes + " bytes");
			return bytes;
		}
	}

	/**
	 * Decodes UTF-8.
	 *
	 * @return the text without a byte order mark
	 * @throws MalformedTextException if it is not UTF-8
	 */
	public static String decode(final byte[] utf8) {
		try {
			// unlike new String, a fresh decoder reports malformed bytes
			final String text =
				StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
			return text.startsWith("\uFEFF") ? text.substring(1) : text;
		}
		catch (final CharacterCodingException e) {
			throw new MalformedTextException("it is not text in UTF-8", e);
		}
	}
}
