
package io.github.zimagefiji.dataset.output;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.IOConsumer;
import io.github.zimagefiji.io.IOReason;

/**
 * Writes folders that are there in full or not at all, also when several processes write the same
 * one: each fills a folder with a unique name beside the place, and then renames it. What has taken
 * the place already is left there if it is the same.
 */
final class WholeFolder {

	/** How often others may take the place between two of our steps. */
	private static final int ATTEMPTS = 5;

	private WholeFolder() {
		// only write()
	}

	/**
	 * Writes a folder.
	 *
	 * @param target the folder to make or replace; the one above it must exist
	 * @param content fills the empty folder that it is given
	 * @throws InvalidInputException if that fails
	 */
	static void write(final Path target, final IOConsumer<Path> content) {
		final Path temporary = beside(target);
		try {
			try {
				Files.createDirectory(temporary);
				content.accept(temporary);
				for (int attempt = 1; !place(temporary, target, attempt == ATTEMPTS); attempt++)
					moveAside(target);
			}
			finally {
				Folders.delete(temporary);
			}
		}
		catch (final IOException e) {
			throw new InvalidInputException(target + " could not be written: " + IOReason.of(e) +
				". Make room, or choose another folder.", e);
		}
	}

	/**
	 * Puts the folder into its place, unless the same is there; false if another one is.
	 */
	private static boolean place(final Path temporary, final Path target, final boolean last)
		throws IOException
	{
		try {
			if (!Files.exists(target)) {
				Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
				return true;
			}
		}
		catch (final FileSystemException e) {
			if (last || !Files.exists(target)) throw e;
		}
		return isSame(temporary, target);
	}

	/** What a run on another kind of machine has left. */
	private static void moveAside(final Path target) throws IOException {
		final Path old = beside(target);
		Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
		Folders.delete(old);
	}

	private static Path beside(final Path target) {
		return target.resolveSibling(".zimage-" + UUID.randomUUID() + ".part");
	}

	private static boolean isSame(final Path one, final Path other) throws IOException {
		final List<Path> files = files(one);
		if (!files.equals(files(other))) return false;
		for (final Path file : files) {
			if (!Arrays.equals(Files.readAllBytes(one.resolve(file)),
				Files.readAllBytes(other.resolve(file)))) return false;
		}
		return true;
	}

	private static List<Path> files(final Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
		}
	}
}
