
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * What a file looked like when it was opened. A mapped file that becomes shorter ends the whole
 * program as soon as native code touches what is gone, so that it is worth looking again before
 * each use.
 *
 * @param file the file; links are followed
 * @param bytes its length
 * @param modified when it was written last
 */
record FileState(Path file, long bytes, FileTime modified) {

	/**
	 * Looks at a file.
	 *
	 * @throws InvalidInputException if it is gone
	 */
	static FileState of(final Path file) {
		try {
			final BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return new FileState(file, attributes.size(), attributes.lastModifiedTime());
		}
		catch (final IOException e) {
			throw Refusal.unreadable(file, e);
		}
	}

	/**
	 * Looks again.
	 *
	 * @throws InvalidInputException if the file has been changed, shortened or removed since
	 */
	void check() {
		final FileState now = of(file);
		if (now.bytes < bytes)
			throw new InvalidInputException(file + " became shorter after it was opened. " +
				"Wait until its download has ended, or download that file again.");
		if (!now.equals(this)) throw new InvalidInputException(
			file + " was changed after it was opened. Open the model again.");
	}
}
