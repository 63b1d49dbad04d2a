
package io.github.zimagefiji.weights;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

/**
 * Brings tensors into memory: as maps of the file, or as copies where maps are dangerous.
 */
final class TensorReader {

	/**
	 * System property that overrides the choice: {@code auto}, {@code always} or {@code never} map.
	 */
	static final String MAP_PROPERTY = "zimage.weights.map";

	private enum Mapping {
			AUTO, ALWAYS, NEVER
	}

	private final Mapping mapping;
	private final Map<Path, Boolean> network = new ConcurrentHashMap<>();

	private TensorReader(final Mapping mapping) {
		this.mapping = mapping;
	}

	/**
	 * A reader that follows the system property as it is now.
	 *
	 * @throws InvalidInputException if the property has another value
	 */
	static TensorReader bySystemProperty() {
		final String value = System.getProperty(MAP_PROPERTY, "auto");
		for (final Mapping mapping : Mapping.values()) {
			if (mapping.name().equalsIgnoreCase(value)) return new TensorReader(mapping);
		}
		throw new InvalidInputException(
			"The system property " + MAP_PROPERTY + " is \"" + value + "\". Use auto, always or never.");
	}

	/** Whether a file is to be mapped, where the system can do that. */
	boolean maps(final Path file) {
		return mapping == Mapping.ALWAYS ||
			mapping == Mapping.AUTO && !network.computeIfAbsent(file, NetworkDrive::holds);
	}

	/** Reads one tensor; see {@link Checkpoint#read}. */
	ByteBuffer read(final TensorEntry entry) {
		if (entry.byteCount() > Integer.MAX_VALUE) throw new InvalidInputException(
			"The tensor \"" + entry.name() + "\" of " + entry.file() + " has " + entry.byteCount() +
				" bytes; more than 2147483647 cannot be read. Use a model with smaller tensors.");
		try (FileChannel channel = FileChannel.open(entry.file(), StandardOpenOption.READ)) {
			// Touching a map beyond the end of its file would end the program.
			if (channel.size() < entry.position() + entry.byteCount()) throw changed(entry);
			final ByteBuffer buffer =
				entry.byteCount() == 0 ? ByteBuffer.allocateDirect(0) : mapOrCopy(channel, entry);
			return buffer.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
		}
		catch (final EOFException e) {
			throw changed(entry);
		}
		catch (final ClosedByInterruptException e) {
			// Java closes a channel when its thread is interrupted, which is how task
			// services cancel.
			throw new RunCanceledException();
		}
		catch (final IOException e) {
			throw Refusal.unreadable(entry.file(), e);
		}
	}

	private ByteBuffer mapOrCopy(final FileChannel channel, final TensorEntry entry)
		throws IOException
	{
		if (!maps(entry.file())) return copy(channel, entry);
		try {
			return channel.map(FileChannel.MapMode.READ_ONLY, entry.position(), entry.byteCount());
		}
		catch (final IOException e) {
			// Some file systems in user space cannot map, and some systems limit the
			// number of maps.
			if (mapping == Mapping.ALWAYS) throw e;
			return copy(channel, entry);
		}
	}

	private ByteBuffer copy(final FileChannel channel, final TensorEntry entry) throws IOException {
		final ByteBuffer buffer = allocate(entry);
		while (buffer.hasRemaining()) {
			if (channel.read(buffer, entry.position() + buffer.position()) < 0) throw new EOFException();
		}
		return buffer.flip();
	}

	private static ByteBuffer allocate(final TensorEntry entry) {
		try {
			return ByteBuffer.allocateDirect((int) entry.byteCount());
		}
		catch (final OutOfMemoryError e) {
			throw new EngineFailedException("There is not enough memory to read " + entry.file() +
				". Copy the model to a local drive, from where it needs less memory, or raise Java's limit with " +
				"-XX:MaxDirectMemorySize.", e);
		}
	}

	private static InvalidInputException changed(final TensorEntry entry) {
		return new InvalidInputException(entry.file() +
			" became shorter after it was opened. Wait until its download has ended, or download that file again.");
	}
}
