
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.IOConsumer;

/**
 * The markers that this process has set. A process that ends in order while a library is loaded
 * ({@code System.exit}, a signal, its last window closed) has not crashed: Java then runs this
 * class's hook, which takes them away. A crash runs no hook, nor does a kill that cannot be caught.
 */
final class OwnMarkers {

	/** Hooks belong to the process. */
	private static final OwnMarkers OF_PROCESS = new OwnMarkers();

	private final Set<Path> files = new HashSet<>();
	private boolean hooked;
	private boolean ending;

	private OwnMarkers() {}

	/**
	 * Writes a marker.
	 *
	 * @return whether it is there; a process that is ending sets none any more
	 */
	static boolean write(final Path file, final IOConsumer<OutputStream> content) {
		return OF_PROCESS.add(file, content);
	}

	/** Deletes a marker, of this or of another process. */
	static void delete(final Path file) {
		OF_PROCESS.remove(file);
	}

	private synchronized boolean add(final Path file, final IOConsumer<OutputStream> content) {
		if (!hooked) hook();
		if (ending) return false;
		AtomicFile.write(file, content);
		return files.add(file);
	}

	private void hook() {
		try {
			Runtime.getRuntime().addShutdownHook(new Thread(this::end, "Z-Image markers"));
			hooked = true;
		}
		catch (final IllegalStateException e) {
			ending = true; // other hooks are running already
		}
	}

	private synchronized void end() {
		ending = true;
		Set.copyOf(files).forEach(this::remove);
	}

	private synchronized void remove(final Path file) {
		try {
			Files.deleteIfExists(file);
			files.remove(file);
		}
		catch (final IOException e) {
			// It is reported once more, at the next start.
			return;
		}
	}
}
