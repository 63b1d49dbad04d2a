
package io.github.zimagefiji.engine.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.zimagefiji.error.ZImageException;

/**
 * The native library, without loading it.
 *
 * @param library in use, or what would be loaded; empty if there is none that fits
 * @param loaded whether this process has loaded it
 * @param problem why it cannot be loaded, as a sentence; empty if nothing speaks against it
 */
public record EngineStatus(Optional<NativeLibrary> library, boolean loaded,
		Optional<String> problem)
{

	/** Looks at what is there. */
	public static EngineStatus now() {
		final Optional<NativeLibrary> loaded = EngineStart.loaded();
		if (loaded.isPresent()) return new EngineStatus(loaded, true, Optional.empty());
		EngineStart.silence();
		try {
			final NativeLibrary library = NativeLibrary.locate();
			return new EngineStatus(Optional.of(library), false, problemOf(library));
		}
		catch (final ZImageException e) {
			return new EngineStatus(Optional.empty(), false, Optional.of(e.getMessage()));
		}
	}

	private static Optional<String> problemOf(final NativeLibrary library) {
		try {
			library.check();
			return Optional.empty();
		}
		catch (final ZImageException e) {
			return Optional.of(e.getMessage());
		}
	}

	/** What of it lies on the disk, in bytes; 0 where it is not unpacked yet. */
	public long bytes() {
		return library.map(NativeLibrary::folder).filter(Files::isDirectory).map(EngineStatus::bytesIn)
			.orElse(0L);
	}

	private static long bytesIn(final Path folder) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.mapToLong(file -> file.toFile().isFile() ? file.toFile().length() : 0).sum();
		}
		catch (final IOException | UncheckedIOException e) {
			return 0;
		}
	}
}
