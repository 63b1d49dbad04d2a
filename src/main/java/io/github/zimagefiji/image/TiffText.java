
package io.github.zimagefiji.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.IOReason;
import io.github.zimagefiji.InvalidInputException;

/**
 * What ImageJ wrote about an image into a TIFF file, in its private tags of the
 * first directory (50838 and 50839; see {@code ij.io.TiffEncoder}). ImageJ's
 * own decoder believes every length in a file, so a damaged one can exhaust the
 * memory; this one reads nothing that the file does not hold.
 *
 * @param info the Info property; empty if there is none
 * @param labels the labels of slices that have one, in order
 */
record TiffText(String info, List<String> labels) {

	private static final int BYTE_COUNTS = 50838;
	private static final int META_DATA = 50839;
	private static final int MAGIC = 0x494a494a;
	private static final int INFO = 0x696e666f;
	private static final int LABELS = 0x6c61626c;
	/**
	 * No more than this is taken from a file: 64 MiB of text, and the lengths of
	 * a million entries.
	 */
	private static final long MAX_TEXT = 1L << 26;
	private static final long MAX_ENTRIES = 1L << 20;

	/**
	 * Reads the texts of a file.
	 *
	 * @throws InvalidInputException if the file cannot be read, is not a TIFF
	 *           file, or is damaged
	 */
	static TiffText read(final Path file) {
		try (FileChannel channel = FileChannel.open(file)) {
			return read(file, channel);
		}
		catch (final EOFException e) {
			throw new InvalidInputException(file +
				" is cut off or damaged. Copy or download it again.", e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(file + " could not be read: " + IOReason
				.of(e) + ". Check its name and place.", e);
		}
	}

	private static TiffText read(final Path file, final FileChannel channel)
		throws IOException
	{
		final ByteBuffer header = block(channel, 0, Math.min(8, channel.size()),
			ByteOrder.BIG_ENDIAN);
		final ByteOrder order = order(header);
		if (order == null) throw new InvalidInputException(file +
			" is not a TIFF file. Choose another file.");
		final long directory = header.order(order).getInt(4) & 0xffffffffL;
		final int count = block(channel, directory, 2, order).getShort() & 0xffff;
		final ByteBuffer entries = block(channel, directory + 2, 12L * count,
			order);
		ByteBuffer lengths = null;
		long data = -1;
		for (int at = 0; at < entries.capacity(); at += 12) {
			final int tag = entries.getShort(at) & 0xffff;
			final long size = entries.getInt(at + 4) & 0xffffffffL;
			final long offset = entries.getInt(at + 8) & 0xffffffffL;
			if (tag == BYTE_COUNTS && size > 1 && size <= MAX_ENTRIES) lengths =
				block(channel, offset, 4 * size, order);
			if (tag == META_DATA) data = offset;
		}
		return lengths == null || data < 0 ? new TiffText("", List.of()) : texts(
			channel, lengths, data);
	}

	private static ByteOrder order(final ByteBuffer header) {
		if (header.capacity() < 8) return null;
		final int start = header.getInt(0);
		if (start == 0x4d4d002a) return ByteOrder.BIG_ENDIAN;
		return start == 0x49492a00 ? ByteOrder.LITTLE_ENDIAN : null;
	}

	/**
	 * @param lengths bytes of the header, then of every entry
	 * @param start where the header lies: a magic number, then pairs of a type
	 *          and its number of entries; all entries follow
	 */
	private static TiffText texts(final FileChannel channel,
		final ByteBuffer lengths, final long start) throws IOException
	{
		final ByteOrder order = lengths.order();
		String info = "";
		final List<String> labels = new ArrayList<>();
		final long headerLength = length(lengths);
		final ByteBuffer types = block(channel, start, headerLength, order);
		long at = start + headerLength;
		long left = MAX_TEXT;
		if (types.remaining() < 4 || types.getInt() != MAGIC) return new TiffText(
			info, labels);
		while (types.remaining() >= 8) {
			final int type = types.getInt();
			final long entries = types.getInt() & 0xffffffffL;
			for (long i = 0; i < entries; i++) {
				final long length = length(lengths);
				if (length > 0 && (type == INFO || type == LABELS)) {
					left -= length;
					if (left < 0) throw new EOFException();
					final String text = text(block(channel, at, length, order));
					if (type == INFO) info = text;
					else labels.add(text);
				}
				at += length;
			}
		}
		return new TiffText(info, labels);
	}

	private static String text(final ByteBuffer block) {
		final Charset utf16 = block.order() == ByteOrder.BIG_ENDIAN
			? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
		return utf16.decode(block).toString();
	}

	private static long length(final ByteBuffer lengths) throws EOFException {
		if (lengths.remaining() < 4) throw new EOFException();
		return lengths.getInt() & 0xffffffffL;
	}

	private static ByteBuffer block(final FileChannel channel, final long offset,
		final long length, final ByteOrder order) throws IOException
	{
		// checked before anything is allocated
		if (length > channel.size() - offset || length > MAX_TEXT)
			throw new EOFException();
		final ByteBuffer block = ByteBuffer.allocate((int) length).order(order);
		while (block.hasRemaining()) {
			if (channel.read(block, offset + block.position()) < 0)
				throw new EOFException();
		}
		return block.flip();
	}
}
