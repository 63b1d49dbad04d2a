
package io.github.zimagefiji.updatesite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;

/** Makes jars of folders with classes. */
final class JarFolder {

	private JarFolder() {
		// only write()
	}

	/**
	 * @param classes the folder
	 * @param part what of it to take, such as {@code io/github}; empty for all
	 */
	static Path write(final Path jar, final Path classes, final String part) throws IOException {
		Files.createDirectories(jar.getParent());
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
				Stream<Path> files = Files.walk(classes.resolve(part)))
		{
			// Much of it is weights, which do not get smaller.
			out.setLevel(Deflater.BEST_SPEED);
			final List<Path> sorted = files.filter(Files::isRegularFile).sorted().toList();
			for (final Path file : sorted) {
				final JarEntry entry = new JarEntry(classes.relativize(file).toString().replace('\\', '/'));
				entry.setTime(0);
				out.putNextEntry(entry);
				Files.copy(file, out);
			}
		}
		return jar;
	}
}
