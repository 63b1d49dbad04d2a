
package io.github.zimagefiji.image.png;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * The content of a PNG file's {@code iTXt} chunk; see the PNG specification, section 11.3.3.4.
 *
 * @param keyword what the text is, Latin-1
 * @param text the text, decoded from UTF-8 and inflated if it was compressed
 */
record PngText(String keyword, String text) {

	/** No text longer than this is written or read, compressed or not: 16 MiB. */
	static final int MAX_BYTES = 1 << 24;

	/**
	 * Takes a chunk's data apart.
	 *
	 * @throws InvalidInputException if they are not as the specification says, or larger than
	 *           {@link #MAX_BYTES} once inflated
	 */
	static PngText parse(final byte[] data) {
		final int keywordEnd = end(data, 0);
		final int flags = keywordEnd + 1;
		final int languageEnd = end(data, flags + 2);
		final int start = end(data, languageEnd + 1) + 1;
		final byte[] content = Arrays.copyOfRange(data, start, data.length);
		final boolean compressed = data[flags] == 1;
		if (data[flags] < 0 || data[flags] > 1 || compressed && data[flags + 1] != 0)
			throw damaged(null);
		return new PngText(new String(data, 0, keywordEnd, StandardCharsets.ISO_8859_1),
			decode(compressed ? inflate(content) : content));
	}

	/** The next NUL at or after an index. */
	private static int end(final byte[] data, final int from) {
		for (int i = from; i < data.length; i++) {
			if (data[i] == 0) return i;
		}
		throw damaged(null);
	}

	private static String decode(final byte[] utf8) {
		try {
			// unlike new String, a fresh decoder reports malformed bytes
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
		}
		catch (final CharacterCodingException e) {
			throw damaged(e);
		}
	}

	private static byte[] inflate(final byte[] zlib) {
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(zlib);
			final ByteArrayOutputStream inflated = new ByteArrayOutputStream();
			final byte[] buffer = new byte[1 << 13];
			while (!inflater.finished()) {
				final int count = inflater.inflate(buffer);
				// cut off, or wants a dictionary
				if (count == 0 && !inflater.finished()) throw damaged(null);
				inflated.write(buffer, 0, count);
				if (inflated.size() > MAX_BYTES) throw new InvalidInputException(
					"A text in the PNG file is larger than 16 MiB. It was not written by this plugin.");
			}
			return inflated.toByteArray();
		}
		catch (final DataFormatException e) {
			throw damaged(e);
		}
		finally {
			inflater.end();
		}
	}

	private static InvalidInputException damaged(final Exception cause) {
		return new InvalidInputException(
			"A text in the PNG file is damaged. Copy or download the file again.", cause);
	}
}
