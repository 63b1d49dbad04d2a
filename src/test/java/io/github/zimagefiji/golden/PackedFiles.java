
package io.github.zimagefiji.golden;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Large files that the repository holds packed by gzip. */
final class PackedFiles {

	private static final String ENDING = ".gz";

	private PackedFiles() {
		// only static methods
	}

	/**
	 * Unpacks what is not there yet, or from another time; other processes may do so at the same
	 * time.
	 *
	 * @param packed has the same folders as {@code target}
	 */
	static void unpack(final Path packed, final Path target) throws IOException {
		try (Stream<Path> files = Files.walk(packed)) {
			for (final Path file : files.filter(each -> each.toString().endsWith(ENDING)).toList()) {
				final String name = packed.relativize(file).toString();
				unpackFile(file, target.resolve(name.substring(0, name.length() - ENDING.length())));
			}
		}
	}

	private static void unpackFile(final Path packed, final Path file) throws IOException {
		final FileTime time = Files.getLastModifiedTime(packed);
		if (isFrom(time, file)) return;
		final Path part = Files.createTempFile(packed.getParent(), "unpacked", null);
		try (InputStream content = new GZIPInputStream(Files.newInputStream(packed))) {
			Files.copy(content, part, StandardCopyOption.REPLACE_EXISTING);
		}
		Files.setLastModifiedTime(part, time);
		if (isFrom(time, file)) Files.delete(part);
		else Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
	}

	private static boolean isFrom(final FileTime time, final Path file) throws IOException {
		return Files.exists(file) && Files.getLastModifiedTime(file).equals(time);
	}
}
