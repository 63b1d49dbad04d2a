
package io.github.zimagefiji.dataset.folder;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOReason;

/**
 * What killed runs have left in a dataset's folder: half-written files, and files of items that
 * came to be rejected when another machine went on.
 */
final class Leftovers extends SimpleFileVisitor<Path> {

	private final Path root;
	private final Set<String> rejected;

	private Leftovers(final Path root, final Set<String> rejected) {
		this.root = root;
		this.rejected = rejected;
	}

	/**
	 * Removes them. A worker that was given up but is still alive may take away its own half-written
	 * files meanwhile; if it loses one, its item is done already.
	 *
	 * @param rejected names of items that have no files
	 * @throws InvalidInputException if that fails
	 */
	static void remove(final Path root, final Set<String> rejected) {
		try {
			Files.walkFileTree(root, new Leftovers(root, rejected));
		}
		catch (final IOException e) {
			throw new InvalidInputException("The folder " + root +
				" cannot be cleaned of half-written files: " + IOReason.of(e) + ". Check its permissions.",
				e);
		}
	}

	@Override
	public FileVisitResult preVisitDirectory(final Path folder, final BasicFileAttributes attributes)
		throws IOException
	{
		if (folder.equals(root) || !isLeftover(folder)) return FileVisitResult.CONTINUE;
		Folders.delete(folder);
		return FileVisitResult.SKIP_SUBTREE;
	}

	@Override
	public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
		throws IOException
	{
		if (isLeftover(file)) Files.deleteIfExists(file);
		return FileVisitResult.CONTINUE;
	}

	@Override
	public FileVisitResult visitFileFailed(final Path file, final IOException e) throws IOException {
		if (e instanceof NoSuchFileException) return FileVisitResult.CONTINUE;
		throw e;
	}

	private boolean isLeftover(final Path file) {
		final String name = file.getFileName().toString();
		return name.matches("\\.zimage-.*\\.part") || !root.relativize(file).startsWith("records") &&
			rejected.contains(name.replaceFirst("(_masks|_labels)?\\..*", ""));
	}
}
