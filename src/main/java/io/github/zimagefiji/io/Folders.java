
package io.github.zimagefiji.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Makes, lists, moves and deletes folders, in which other processes may be at work. Links in them
 * are deleted, never followed.
 */
public final class Folders {

	private Folders() {
		// only static methods
	}

	/**
	 * The place of a file whose folder is made if necessary.
	 *
	 * @throws InvalidInputException if that fails
	 */
	public static Path fileIn(final Path root, final String path) {
		final Path file = root.resolve(path);
		final Path folder = file.getParent();
		if (folder != null) make(folder);
		return file;
	}

	/**
	 * Makes a folder and those above it.
	 *
	 * @throws InvalidInputException if that fails
	 */
	public static void make(final Path folder) {
		try {
			Files.createDirectories(folder);
		}
		catch (final IOException e) {
			throw new FileFailedException(folder, "The folder " + folder + " cannot be made", e,
				"Make room, or choose another folder.");
		}
	}

	/**
	 * Everything in a folder, sorted by name, as far as the files' system tells names apart.
	 *
	 * @throws InvalidInputException if it cannot be read
	 */
	public static List<Path> list(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted(Comparator.comparing(file -> file.getFileName().toString())).toList();
		}
		catch (final IOException | UncheckedIOException e) {
			throw new InvalidInputException("The folder " + folder + " cannot be read: " +
				IOReason.of(e instanceof IOException io ? io
					: Objects.requireNonNull(((UncheckedIOException) e).getCause())) +
				". Check its name and place.", e);
		}
	}

	/**
	 * All files below a folder, links to files included, sorted.
	 *
	 * @throws InvalidInputException if it cannot be read
	 */
	public static List<Path> files(final Path folder) {
		try (Stream<Path> paths = Files.walk(folder)) {
			return paths.filter(Files::isRegularFile).sorted().toList();
		}
		catch (final IOException e) {
			throw FileFailedException.unreadableFolder(folder, e);
		}
	}

	/**
	 * Gives a folder another name in one step.
	 *
	 * @throws InvalidInputException if that is not possible; then nothing has changed
	 */
	public static void rename(final Path folder, final Path target) {
		try {
			if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) throw new InvalidInputException(
				target + " exists already. Remove it, or choose another name.");
			Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			throw new InvalidInputException(folder + " and " + target + " are on different drives. " +
				"Let the folder of models be a plain folder of one drive.", e);
		}
		catch (final IOException e) {
			throw new FileFailedException(folder, folder + " cannot be moved to " + target, e,
				"Close other programs that use it, or start Fiji again.");
		}
	}

	/**
	 * Deletes a folder with all that is in it, or a file; does nothing if it is not there, and passes
	 * over what others delete meanwhile.
	 */
	public static void delete(final Path path) throws IOException {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) return;
		Files.walkFileTree(path, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
				throws IOException
			{
				Files.deleteIfExists(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(final Path file, final IOException failure)
				throws IOException
			{
				if (failure instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
				throw failure;
			}

			@Override
			public FileVisitResult postVisitDirectory(final Path each, final IOException failure)
				throws IOException
			{
				if (failure != null) throw failure;
				Files.deleteIfExists(each);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/**
	 * Deletes what nobody needs, as far as that is possible; the rest takes room, but does no harm.
	 */
	public static void deleteIfPossible(final Path path) {
		try {
			delete(path);
		}
		catch (final IOException e) {
			// whoever looks the next time tries again
		}
	}
}
