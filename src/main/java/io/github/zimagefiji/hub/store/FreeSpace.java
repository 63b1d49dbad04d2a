
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.SizeText;

/** Looks at a drive before gigabytes are written to it. */
public final class FreeSpace {

	private FreeSpace() {
		// only check()
	}

	/**
	 * Looks whether there is room.
	 *
	 * @param folder exists
	 * @param bytes to be written
	 * @param what for the sentence, such as "The model"
	 * @throws InvalidInputException if there is not enough
	 */
	public static void check(final Path folder, final long bytes, final String what) {
		try {
			final long free = Files.getFileStore(folder).getUsableSpace();
			// A drive so large that its size does not fit is reported as a negative
			// number.
			if (free >= 0 && free < bytes) throw new InvalidInputException(
				what + " needs " + SizeText.of(bytes) + " more on the drive of " + folder + ", where " +
					SizeText.of(free) + " are free. Make room, or choose a folder on another drive.");
		}
		catch (final IOException e) {
			return; // Some drives do not tell; writing will.
		}
	}
}
