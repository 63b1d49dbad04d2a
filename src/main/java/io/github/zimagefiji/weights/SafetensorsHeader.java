
package io.github.zimagefiji.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * What the beginning of a safetensors file says: 8 bytes with the length of the header
 * (little-endian), the header as JSON, then the tensors' bytes without gaps.
 *
 * @param file the file
 * @param metadata free text values, by name
 * @param entries the tensors by name, in the header's order
 */
public record SafetensorsHeader(Path file, Map<String, String> metadata,
		Map<String, TensorEntry> entries)
{

	/** The limit of the reference implementation. */
	static final int MAX_BYTES = 100_000_000;

	private static final int LENGTH_BYTES = 8;
	private static final int START = 160;

	/**
	 * Reads the header and checks that the tensors cover the rest of the file exactly.
	 *
	 * @throws InvalidInputException if the file is missing, cannot be read or does not follow the
	 *           format
	 */
	public static SafetensorsHeader read(final Path file) {
		if (!Files.exists(file)) throw new InvalidInputException(
			file + " does not exist. Download that file again, or choose another one.");
		if (!Files.isRegularFile(file))
			throw new InvalidInputException(file + " is not a file. Choose a .safetensors file.");
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			final long size = channel.size();
			if (size < LENGTH_BYTES) throw Refusal.damaged(file, "it is only " + size + " bytes long");
			final long headerBytes = read(channel, 0, LENGTH_BYTES).getLong();
			if (headerBytes < 0 || headerBytes > MAX_BYTES || headerBytes > size - LENGTH_BYTES) {
				checkOtherFormats(file, read(channel, 0, (int) Math.min(size, START)).array());
				throw Refusal.damaged(file, "its header should be " + Long.toUnsignedString(headerBytes) +
					" bytes long, which is more than the file holds or the format allows");
			}
			final byte[] json = read(channel, LENGTH_BYTES, (int) headerBytes).array();
			return new HeaderParser(file, LENGTH_BYTES + headerBytes, size).parse(json);
		}
		catch (final IOException e) {
			throw Refusal.unreadable(file, e);
		}
	}

	private static ByteBuffer read(final FileChannel channel, final long position, final int count)
		throws IOException
	{
		final ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, position + buffer.position()) < 0)
				throw new EOFException("the file became shorter while it was read");
		}
		return buffer.flip();
	}

	/** What a web server answers with when it does not give a file. */
	private static void checkAnswer(final Path file, final String start) {
		final String text = start.strip().toLowerCase(Locale.ROOT);
		if (text.startsWith("<!doctype html") || text.startsWith("<html") || text.startsWith("<head") ||
			text.startsWith("<!--"))
			throw new InvalidInputException(file +
				" is a web page (HTML), not weights: the server wants a login or an accepted license first, or the address " +
				"was that of a page. Download the file itself from the model's page.");
		if (text.startsWith("{") || text.startsWith("<?xml"))
			throw new InvalidInputException(file + " holds a web server's answer, not weights: " +
				start.strip().replaceAll("[^ -~]+", " ") + (start.length() < START ? "" : "…") +
				". Log in if that is needed, and download the file again.");
	}

	/**
	 * Other formats under a name that does not tell are worth their own words. A clone made without
	 * Git LFS holds small text files in the place of large ones; PyTorch's pickles begin with the
	 * mark of a zip archive or of a pickle.
	 */
	private static void checkOtherFormats(final Path file, final byte[] start) {
		final String text = new String(start, StandardCharsets.ISO_8859_1);
		if (text.startsWith("GGUF")) throw Refusal.gguf(file);
		if (text.startsWith("PK\u0003\u0004") || text.matches("(?s)\u0080[\u0002-\u0005].*"))
			throw Refusal.pickle(file);
		checkAnswer(file, text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text);
		if (!text.startsWith("version https://git-lfs")) return;
		throw new InvalidInputException(
			file + " holds no weights, only a pointer of Git LFS to them. " +
				"Run \"git lfs pull\" in that folder, or download that file from the model's page.");
	}
}
