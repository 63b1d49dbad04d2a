
package io.github.zimagefiji.weights;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/** A few bytes of every tensor, enough to tell two sets of weights apart. */
final class TensorSamples {

	private static final int PART_BYTES = 64;

	private final Map<String, byte[]> samples = new TreeMap<>();

	/**
	 * Reads the samples, file by file and from front to back, which is what drives do best.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if a file cannot be read
	 */
	TensorSamples(final Checkpoint checkpoint) {
		final Map<Path, List<TensorEntry>> byFile =
			checkpoint.entries().values().stream().sorted(Comparator.comparingLong(TensorEntry::position))
				.collect(Collectors.groupingBy(TensorEntry::file));
		byFile.forEach(this::readFile);
	}

	/**
	 * Visits format, shape and sampled bytes of each tensor in the order of their names.
	 */
	void forEach(final BiConsumer<String, byte[]> visitor) {
		samples.forEach(visitor);
	}

	private void readFile(final Path file, final List<TensorEntry> entries) {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			for (final TensorEntry entry : entries) {
				samples.put(entry.name(), sample(channel, entry));
			}
		}
		catch (final IOException e) {
			throw Refusal.unreadable(file, e);
		}
	}

	private static byte[] sample(final FileChannel channel, final TensorEntry entry)
		throws IOException
	{
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		final String scale = entry.scale() == 1 ? "" : " times " + entry.scale();
		out.writeBytes((entry.type() + " " + Arrays.toString(entry.shape()) + scale + "\n")
			.getBytes(StandardCharsets.UTF_8));
		final long size = entry.byteCount();
		if (size <= 3 * PART_BYTES) {
			out.writeBytes(read(channel, entry.position(), (int) size));
		}
		else {
			out.writeBytes(read(channel, entry.position(), PART_BYTES));
			out.writeBytes(read(channel, entry.position() + (size - PART_BYTES) / 2, PART_BYTES));
			out.writeBytes(read(channel, entry.position() + size - PART_BYTES, PART_BYTES));
		}
		return out.toByteArray();
	}

	private static byte[] read(final FileChannel channel, final long position, final int count)
		throws IOException
	{
		final ByteBuffer buffer = ByteBuffer.allocate(count);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, position + buffer.position()) < 0)
				throw new EOFException("it became shorter after it was opened");
		}
		return buffer.array();
	}
}
