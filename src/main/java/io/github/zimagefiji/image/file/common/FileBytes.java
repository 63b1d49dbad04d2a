
package io.github.zimagefiji.image.file.common;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.FileFailedException;

/**
 * The bytes of an image file by their places. What lies beyond the file's end is refused before
 * memory is allocated for it.
 */
public final class FileBytes implements Closeable {

	private final Path file;
	private final FileChannel channel;
	private final long start;
	private final long size;
	private ByteOrder order = ByteOrder.BIG_ENDIAN;

	/** @throws IOException if the file cannot be opened */
	public FileBytes(final Path file) throws IOException {
		this.file = file;
		channel = FileChannel.open(file);
		start = 0;
		size = channel.size();
	}

	private FileBytes(final FileBytes whole, final long start, final long size) {
		file = whole.file;
		channel = whole.channel;
		this.start = whole.start + start;
		this.size = size;
	}

	/**
	 * A part that counts its own places from 0, such as a TIFF directory within a JPEG file. It need
	 * not be closed.
	 *
	 * @throws InvalidInputException if the file does not hold it
	 */
	FileBytes part(final long from, final long length) {
		if (from < 0 || length < 0 || length > size - from) throw damaged();
		return new FileBytes(this, from, length);
	}

	/** Numbers are read in this order from now on; at first, big-endian. */
	public void order(final ByteOrder wanted) {
		order = wanted;
	}

	/** The order of numbers of several bytes. */
	public ByteOrder order() {
		return order;
	}

	/** The file's length. */
	public long size() {
		return size;
	}

	/** The file. */
	public Path file() {
		return file;
	}

	/**
	 * Reads some bytes.
	 *
	 * @throws InvalidInputException if the file does not hold them
	 * @throws IOException if they cannot be read
	 */
	public ByteBuffer block(final long offset, final long length) throws IOException {
		if (offset < 0 || length < 0 || length > size - offset) throw damaged();
		if (length > JavaMemory.LARGEST_ARRAY)
			throw problem("has a block of " + length + " bytes, which is too large");
		JavaMemory.check(length, file);
		final ByteBuffer block = ByteBuffer.allocate((int) length).order(order);
		while (block.hasRemaining())
			if (channel.read(block, start + offset + block.position()) < 0) throw damaged();
		return block.flip();
	}

	/** An unsigned number of two bytes. */
	public int unsignedShort(final long offset) throws IOException {
		return block(offset, 2).getShort() & 0xffff;
	}

	/** An unsigned number of four bytes. */
	public long unsignedInt(final long offset) throws IOException {
		return block(offset, 4).getInt() & 0xffffffffL;
	}

	/** What is said of a file that ends too early or contradicts itself. */
	public InvalidInputException damaged() {
		return new InvalidInputException(file + " is cut off or damaged. Copy or download it again.");
	}

	/** What is said of a file that is not read, though it may be whole. */
	public InvalidInputException problem(final String what) {
		return new InvalidInputException(file + " " + what +
			". Save it as an uncompressed TIFF or a PNG file with another program, such as ImageJ.");
	}

	/** What is said if the system cannot read the file. */
	public static InvalidInputException unreadable(final Path file, final IOException why) {
		return new FileFailedException(file, file + " could not be read", why,
			"Check the file, or save it again as TIFF or PNG.");
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
