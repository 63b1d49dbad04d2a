
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.request.Stage;

/**
 * Keeps others, in this program and in others on the same folder, from changing a model at the same
 * time. The operating system lets go of it when a program ends, however it ends.
 */
public final class ModelLock implements AutoCloseable {

	private static final long PAUSE_MILLIS = 100;

	private final FileChannel channel;

	private ModelLock(final FileChannel channel) {
		this.channel = channel;
	}

	/**
	 * Waits for its turn.
	 *
	 * @param models the folder of models
	 * @param name of the model
	 * @param stage told while another process has the lock
	 * @param progress may end the waiting
	 * @throws InvalidInputException if the folder cannot be written to
	 */
	public static ModelLock acquire(final Path models, final String name, final Stage stage,
		final Progress progress)
	{
		final Path file = SafePath.makeFolder(models.resolve(Staging.FOLDER)).resolve(name + ".lock");
		FileChannel channel = null;
		boolean locked = false;
		try {
			channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			while (!isLocked(channel)) {
				progress.update(stage, 0, "waiting for other work on " + name);
				progress.checkCanceled();
				Thread.sleep(PAUSE_MILLIS);
			}
			locked = true;
			return new ModelLock(channel);
		}
		catch (final IOException e) {
			throw new FileFailedException(models, "The folder " + models + " cannot be written to", e,
				"Choose another folder for models, or change its permissions.");
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
		finally {
			if (!locked) close(channel);
		}
	}

	private static boolean isLocked(final FileChannel channel) throws IOException {
		try {
			final FileLock lock = channel.tryLock();
			return lock != null;
		}
		catch (final OverlappingFileLockException e) {
			return false; // another thread of this program has it
		}
	}

	@Override
	public void close() {
		close(channel);
	}

	/**
	 * Closing the channel lets go of the lock. The file stays: removing it would let two have "the"
	 * lock.
	 */
	private static void close(final FileChannel channel) {
		try {
			if (channel != null) channel.close();
		}
		catch (final IOException e) {
			// nothing was written to it
		}
	}
}
