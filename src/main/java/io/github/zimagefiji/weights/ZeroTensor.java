
package io.github.zimagefiji.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

import io.github.zimagefiji.error.RunCanceledException;

/**
 * Tells whether all numbers of a tensor are zero. It reads little at a time, so that a tensor of
 * any size costs the same memory, and ends at the first number that is not.
 */
final class ZeroTensor {

	private static final int CHUNK = 1 << 16;

	private ZeroTensor() {
		// only static methods
	}

	/**
	 * Whether all numbers are 0 or -0.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if the file cannot be read
	 */
	static boolean is(final TensorEntry entry) {
		try (FileChannel channel = FileChannel.open(entry.file(), StandardOpenOption.READ)) {
			final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
			for (long done = 0; done < entry.byteCount(); done += buffer.limit()) {
				buffer.clear().limit((int) Math.min(CHUNK, entry.byteCount() - done));
				while (buffer.hasRemaining()) {
					if (channel.read(buffer, entry.position() + done + buffer.position()) < 0)
						throw new EOFException("it became shorter after it was opened");
				}
				if (!isZero(buffer.flip(), entry.type())) return false;
			}
			return true;
		}
		catch (final ClosedByInterruptException e) {
			throw new RunCanceledException();
		}
		catch (final IOException e) {
			throw Refusal.unreadable(entry.file(), e);
		}
	}

	/**
	 * The sign is the highest bit of the last byte: numbers lie low end first.
	 */
	private static boolean isZero(final ByteBuffer numbers, final StoredType type) {
		final int size = type.bytes();
		final int last = type.hasSignBit() ? 0x7F : 0xFF;
		for (int i = 0; i < numbers.limit(); i++) {
			if ((numbers.get(i) & (i % size == size - 1 ? last : 0xFF)) != 0) return false;
		}
		return true;
	}
}
