
package io.github.zimagefiji.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.zimagefiji.engine.library.NativeLibrary;

/** The library that came along, laid out as an unpacked libtorch. */
public final class LibraryFolder {

	private LibraryFolder() {}

	/**
	 * Makes {@code libtorch} with links to the files; returns its {@code lib}.
	 */
	public static Path make(final Path parent) throws IOException {
		try (TorchEngine engine = TorchEngine.open("cpu", 1)) {
			final Path lib = Files.createDirectories(parent.resolve("libtorch/lib"));
			Files.writeString(lib.resolveSibling("build-version"), NativeLibrary.REQUIRED + "+cpu\n");
			try (Stream<Path> files = Files.list(engine.library().folder())) {
				for (final Path each : files.filter(file -> !file.getFileName().toString().contains("djl"))
					.toList())
				{
					Files.createSymbolicLink(lib.resolve(each.getFileName()), each);
				}
			}
			return lib;
		}
	}
}
