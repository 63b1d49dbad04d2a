
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.ItemWorker;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * Keeps other runs out of a dataset's folder: a whole run, a run on a cluster and a merge, which
 * also tidy up, are alone in it; the shards of one dataset may share it. The operating system lets
 * go when a process ends, however it ends. Workers of a run on a cluster, which may outlive it, are
 * told by {@link #run()} that the folder has become another run's; so are all where the file system
 * knows no locks.
 */
public final class DatasetLock implements AutoCloseable {

	private static final String NAME = ".zimage-lock";

	/**
	 * Folders that this process has locked. POSIX systems drop all locks that a process has on a file
	 * as soon as it closes the file once, so that a second attempt must not even open it.
	 */
	private static final Set<Path> LOCKED = ConcurrentHashMap.newKeySet();

	private final Path folder;
	private final Path file;
	private final FileChannel channel;
	private RunMark mark;
	private boolean closed;
	/** Null where there are no locks. */
	private FileLock lock;

	private DatasetLock(final Path folder, final Path file, final FileChannel channel) {
		this.folder = folder;
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Takes the lock; the folder is made if necessary.
	 *
	 * @param shared whether shards may be at work in the folder at the same time
	 * @throws InvalidInputException if another run is at work there, or the folder cannot be written
	 *           to
	 */
	public static DatasetLock of(final Path folder, final boolean shared) {
		Folders.make(folder);
		final Path real = real(folder);
		if (!LOCKED.add(real)) throw taken(folder);
		DatasetLock lock = null;
		boolean marked = false;
		try {
			lock = take(folder, real, shared);
			lock.mark = shared ? RunMark.none(folder) : RunMark.make(folder);
			marked = true;
			return lock;
		}
		finally {
			if (!marked) {
				if (lock != null) lock.closeChannel();
				LOCKED.remove(real);
			}
		}
	}

	private static Path real(final Path folder) {
		try {
			return folder.toRealPath();
		}
		catch (final IOException e) {
			throw notWritable(folder, e);
		}
	}

	private static DatasetLock take(final Path folder, final Path real, final boolean shared) {
		final Path file = folder.resolve(NAME);
		while (true) {
			final DatasetLock made = new DatasetLock(real, file, open(folder, file));
			final Object key = made.key();
			boolean kept = false;
			try {
				if (!made.isTaken(shared)) throw taken(folder);
				// whoever had it before may have removed the file meanwhile
				kept = key == null || key.equals(made.key());
				if (kept) return made;
			}
			finally {
				if (!kept) made.closeChannel();
			}
		}
	}

	private static InvalidInputException taken(final Path folder) {
		return new InvalidInputException("Another run is at work in the folder " + folder +
			". Wait until it has ended, or choose another folder.");
	}

	private static InvalidInputException notWritable(final Path folder, final IOException e) {
		return new InvalidInputException("The folder " + folder + " cannot be written to: " +
			IOReason.of(e) + ". Choose another folder.", e);
	}

	/**
	 * What tells the run that has the folder to itself from all others, for its workers; see
	 * {@link ItemWorker#join}.
	 */
	public String run() {
		return mark.run();
	}

	/**
	 * Returns if the folder is still this run's.
	 *
	 * @throws InvalidInputException if another run has begun there, as is possible where the file
	 *           system knows no locks
	 */
	public void check(final Progress progress) {
		mark.check(progress);
	}

	public RunMark mark() {
		return mark;
	}

	private static FileChannel open(final Path folder, final Path file) {
		try {
			return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
		}
		catch (final IOException e) {
			throw notWritable(folder, e);
		}
	}

	/** What tells the file of this name from a later one; null if unknown. */
	private Object key() {
		try {
			return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
		}
		catch (final NoSuchFileException e) {
			return new Object(); // that is no other
		}
		catch (final IOException e) {
			return null;
		}
	}

	private boolean isTaken(final boolean shared) {
		try {
			lock = channel.tryLock(0, Long.MAX_VALUE, shared);
			return lock != null;
		}
		catch (final OverlappingFileLockException e) {
			return false; // another run of this program has it
		}
		catch (final IOException e) {
			return true; // such file systems know no locks
		}
	}

	/** The last one takes the file away. */
	@Override
	public void close() {
		if (closed) return;
		closed = true;
		try {
			mark.remove();
			if (isAlone()) Files.deleteIfExists(file);
		}
		catch (final IOException e) {
			// an empty file stays, which disturbs nobody
		}
		finally {
			closeChannel();
			LOCKED.remove(folder);
		}
	}

	private boolean isAlone() throws IOException {
		if (lock == null || !lock.isShared()) return true;
		lock.release();
		try {
			lock = channel.tryLock();
			return lock != null;
		}
		catch (final OverlappingFileLockException e) {
			return false;
		}
	}

	private void closeChannel() {
		try {
			channel.close();
		}
		catch (final IOException e) {
			// nothing was written to it
		}
	}
}
