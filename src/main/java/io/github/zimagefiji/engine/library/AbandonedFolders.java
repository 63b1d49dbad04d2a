
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.zimagefiji.io.Folders;

/**
 * What processes that were killed left behind while they unpacked native libraries: DJL's
 * {@code tmpNNN} folders, and its {@code jniNNNtmp} files, which it would load; and folders of this
 * program's.
 */
final class AbandonedFolders {

	/** How folders are named into which this program unpacks. */
	static final String PREFIX = "zimage-unpacking-";

	/** Where nobody can say who has a file open. */
	private static final Duration QUIET = Duration.ofMinutes(1);
	private static final long LOOK_AGAIN_MILLIS = 300;

	private final Path folder;

	/** @param folder of libraries, beside which they are unpacked */
	AbandonedFolders(final Path folder) {
		this.folder = folder;
	}

	/** Whether there are any, abandoned or not. */
	boolean any() throws IOException {
		return !list().isEmpty();
	}

	private List<Path> list() throws IOException {
		final List<Path> result = new ArrayList<>();
		final Path above = folder.getParent();
		if (above != null) add(result, above, "tmp\\d+|" + PREFIX + ".*");
		add(result, folder, "jni\\d+tmp");
		return result;
	}

	private static void add(final List<Path> result, final Path parent, final String pattern)
		throws IOException
	{
		if (!Files.isDirectory(parent)) return;
		try (DirectoryStream<Path> entries =
			Files.newDirectoryStream(parent, entry -> entry.getFileName().toString().matches(pattern)))
		{
			entries.forEach(result::add);
		}
	}

	/**
	 * Removes those that nobody uses. This program's are only made by a process that holds the lock
	 * which the caller holds now.
	 */
	void remove() throws IOException {
		for (final Path each : list()) {
			final boolean own = each.getFileName().toString().startsWith(PREFIX);
			if (own || isAbandoned(each)) Folders.deleteIfPossible(each);
		}
	}

	/**
	 * A program that unpacks has a file open and writes. Linux tells who has one open; elsewhere, and
	 * of other computers' programs, only time tells.
	 */
	private static boolean isAbandoned(final Path path) throws IOException {
		final Contents before = Contents.of(path);
		if (!Files.isDirectory(Path.of("/proc/self/fd")))
			return before.newest.isBefore(Instant.now().minus(QUIET));
		if (isOpen(path)) return false;
		try {
			TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
		return before.equals(Contents.of(path)) && !isOpen(path);
	}

	private static boolean isOpen(final Path path) throws IOException {
		final Path real = path.toRealPath();
		try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
			for (final Path process : processes) {
				if (hasOpen(process, real)) return true;
			}
		}
		return false;
	}

	private static boolean hasOpen(final Path process, final Path path) {
		try (DirectoryStream<Path> open = Files.newDirectoryStream(process.resolve("fd"))) {
			for (final Path each : open) {
				if (Files.readSymbolicLink(each).startsWith(path)) return true;
			}
		}
		catch (final IOException | RuntimeException e) {
			return false; // it has ended, or is another user's
		}
		return false;
	}

	/** Enough to see that something is written. */
	private record Contents(long bytes, Instant newest) {

		static Contents of(final Path path) throws IOException {
			final long[] bytes = new long[1];
			final Instant[] newest = { Instant.EPOCH };
			Files.walkFileTree(path, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes) {
					bytes[0] += attributes.size();
					return look(attributes);
				}

				@Override
				public FileVisitResult preVisitDirectory(final Path directory,
					final BasicFileAttributes attributes)
				{
					return look(attributes);
				}

				@Override
				public FileVisitResult visitFileFailed(final Path file, final IOException e) {
					return FileVisitResult.CONTINUE;
				}

				private FileVisitResult look(final BasicFileAttributes attributes) {
					final Instant changed = attributes.lastModifiedTime().toInstant();
					if (changed.isAfter(newest[0])) newest[0] = changed;
					return FileVisitResult.CONTINUE;
				}
			});
			return new Contents(bytes[0], newest[0]);
		}
	}
}
