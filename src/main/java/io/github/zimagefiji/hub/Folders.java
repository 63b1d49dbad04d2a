
package io.github.zimagefiji.hub;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

import io.github.zimagefiji.IOReason;
import io.github.zimagefiji.InvalidInputException;

/**
 * Moves and removes whole folders; links in them are removed, never followed.
 */
final class Folders {

	private Folders() {
		// only static methods
	}

	/**
	 * Removes a folder with all that is in it; does nothing if it is not there.
	 */
	static void delete(final Path folder) throws IOException {
		if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
		Files.walkFileTree(folder, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(final Path file,
				final BasicFileAttributes attributes) throws IOException
			{
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(final Path each,
				final IOException failure) throws IOException
			{
				if (failure != null) throw failure;
				Files.delete(each);
				return FileVisitResult.CONTINUE;
			}
		});
	}

	/**
	 * Gives a folder another name in one step.
	 *
	 * @throws InvalidInputException if that is not possible; then nothing has
	 *           changed
	 */
	static void rename(final Path folder, final Path target) {
		try {
			if (Files.exists(target, LinkOption.NOFOLLOW_LINKS))
				throw new InvalidInputException(target +
					" exists already. Remove it, or choose another name.");
			Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			throw new InvalidInputException(folder + " and " + target +
				" are on different drives. " +
				"Let the folder of models be a plain folder of one drive.", e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(folder + " cannot be moved to " + target +
				": " + IOReason.of(e) +
				". Close other programs that use it, or start Fiji again.", e);
		}
	}
}
