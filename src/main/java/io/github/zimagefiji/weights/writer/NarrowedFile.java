
package io.github.zimagefiji.weights.writer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.weights.Refusal;
import io.github.zimagefiji.weights.SafetensorsHeader;
import io.github.zimagefiji.weights.StoredType;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * Rewrites a safetensors file with bfloat16 in the place of float32, a piece at a time: a file may
 * be of any size.
 */
public final class NarrowedFile {

	private static final int CHUNK_BYTES = 1 << 20;
	private static final int DROPPED_BITS = 16;

	private NarrowedFile() {
		// only static methods
	}

	/**
	 * How large the tensors of a file are once it is narrowed.
	 *
	 * @return bytes; as many as now if none is float32
	 * @throws InvalidInputException if it is no safetensors file
	 */
	public static long narrowBytes(final Path file) {
		return SafetensorsHeader.read(file).entries().values().stream()
			.mapToLong(NarrowedFile::narrowBytes).sum();
	}

	/** Whether a file has float32 tensors. */
	public static boolean isWide(final Path file) {
		return SafetensorsHeader.read(file).entries().values().stream().anyMatch(NarrowedFile::isWide);
	}

	/**
	 * Writes a file in full or not at all.
	 *
	 * @param source a safetensors file; other formats than float32 are copied as they are
	 * @param target another file; its folder must exist
	 * @param passed is told the number of bytes of each piece that was read; what it throws ends the
	 *          work
	 * @throws InvalidInputException if the source cannot be read or the target cannot be written
	 */
	public static void write(final Path source, final Path target, final LongConsumer passed) {
		final SafetensorsHeader header = SafetensorsHeader.read(source);
		final HeaderWriter narrow = new HeaderWriter(header.metadata());
		header.entries().values().forEach(entry -> narrow.add(entry.name(),
			isWide(entry) ? StoredType.BF16 : entry.type(), entry.shape(), narrowBytes(entry)));
		AtomicFile.write(target, out -> {
			out.write(narrow.bytes());
			try (FileChannel in = FileChannel.open(source, StandardOpenOption.READ)) {
				for (final TensorEntry entry : header.entries().values()) {
					copy(in, entry, out, passed);
				}
			}
		});
	}

	private static void copy(final FileChannel in, final TensorEntry entry, final OutputStream out,
		final LongConsumer passed) throws IOException
	{
		final ByteBuffer buffer = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
		long done = 0;
		while (done < entry.byteCount()) {
			buffer.clear().limit((int) Math.min(CHUNK_BYTES, entry.byteCount() - done));
			while (buffer.hasRemaining()) {
				if (in.read(buffer, entry.position() + done + buffer.position()) < 0)
					throw Refusal.damaged(entry.file(), "it became shorter while it was read");
			}
			final int count = buffer.flip().limit();
			out.write(buffer.array(), 0, isWide(entry) ? narrow(buffer) : count);
			passed.accept(count);
			done += count;
		}
	}

	/** Narrows numbers in place; gives the number of bytes that are left. */
	private static int narrow(final ByteBuffer buffer) {
		final int numbers = buffer.limit() / Float.BYTES;
		for (int i = 0; i < numbers; i++) {
			buffer.putShort(Short.BYTES * i, bfloat16(buffer.getFloat(Float.BYTES * i)));
		}
		return Short.BYTES * numbers;
	}

	/**
	 * The bits of the nearest bfloat16, of two equally near the even one; NaN as PyTorch writes it.
	 */
	public static short bfloat16(final float value) {
		if (Float.isNaN(value)) return 0x7FC0;
		final int bits = Float.floatToRawIntBits(value);
		final int odd = bits >>> DROPPED_BITS & 1;
		return (short) (bits + 0x7FFF + odd >>> DROPPED_BITS);
	}

	private static boolean isWide(final TensorEntry entry) {
		return entry.type() == StoredType.F32;
	}

	private static long narrowBytes(final TensorEntry entry) {
		return isWide(entry) ? entry.byteCount() / 2 : entry.byteCount();
	}
}
