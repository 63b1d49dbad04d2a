
package io.github.zimagefiji.dataset.output;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.github.zimagefiji.IOReason;
import io.github.zimagefiji.InvalidInputException;

/** Folders that are made when they are needed. */
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
		make(file.getParent());
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
			throw new InvalidInputException("The folder " + folder +
				" cannot be made: " + IOReason.of(e) +
				". Make room, or choose another folder.", e);
		}
	}

	/**
	 * Everything in a folder, sorted by name, as far as the files' system tells
	 * names apart.
	 *
	 * @throws InvalidInputException if it cannot be read
	 */
	public static List<Path> list(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted(Comparator.comparing(file -> file.getFileName()
				.toString())).toList();
		}
		catch (final IOException | UncheckedIOException e) {
			throw new InvalidInputException("The folder " + folder +
				" cannot be read: " + IOReason.of(e instanceof IOException io ? io
					: ((UncheckedIOException) e).getCause()) +
				". Check its name and place.", e);
		}
	}

	/**
	 * Removes a folder with all that is in it, or a file; links are not followed.
	 */
	public static void remove(final Path folder) throws IOException {
		if (!Files.exists(folder)) return;
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList())
				Files.deleteIfExists(file); // somebody else may be at it
		}
	}
}
