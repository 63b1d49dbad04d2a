
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.zimagefiji.io.AtomicFile;

/**
 * A model that is used where it lies: a small text file {@code NAME.zimage-model} among the models
 * that holds the path of its folder. Unlike a link, every system lets everybody make one.
 */
public final class ModelReference {

	private static final String SUFFIX = ".zimage-model";
	private static final long MOST_BYTES = 10_000;

	private ModelReference() {
		// only static methods
	}

	/** The file that stands for a model. */
	public static Path file(final Path models, final String name) {
		return models.resolve(name + SUFFIX);
	}

	/** Refers to a folder. */
	public static void write(final Path models, final String name, final Path folder) {
		AtomicFile.write(file(models, name), out -> out
			.write((folder.toAbsolutePath().normalize() + "\n").getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * The folders that are referred to, by the models' names; what cannot be read refers to nothing.
	 */
	static Map<String, Path> in(final Path models) {
		final Map<String, Path> result = new TreeMap<>();
		if (!Files.isDirectory(models)) return result;
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(models, "*" + SUFFIX)) {
			for (final Path each : entries) {
				final String name = each.getFileName().toString();
				read(each).ifPresent(
					folder -> result.put(name.substring(0, name.length() - SUFFIX.length()), folder));
			}
		}
		catch (final IOException | DirectoryIteratorException e) {
			return result;
		}
		return result;
	}

	private static Optional<Path> read(final Path file) {
		try {
			if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) return Optional.empty();
			return Optional.of(Path.of(Files.readString(file).strip()));
		}
		catch (final IOException | InvalidPathException e) {
			return Optional.empty();
		}
	}
}
