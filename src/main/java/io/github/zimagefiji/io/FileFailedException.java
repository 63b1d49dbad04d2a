
package io.github.zimagefiji.io;

import java.io.IOException;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * The system does not let a file or a folder be read or written: the disk is full, a drive is gone,
 * a permission is missing. What was asked for may be right; the user can make room, or choose
 * another place.
 */
public final class FileFailedException extends InvalidInputException {

	private static final long serialVersionUID = 1L;

	private final transient Path file;

	/**
	 * @param what the beginning of the sentence, such as "The folder x cannot be made"
	 * @param why whose reason in words follows it
	 * @param advice the next sentence
	 */
	public FileFailedException(final Path file, final String what, final IOException why,
		final String advice)
	{
		super(what + ": " + IOReason.of(why) + ". " + advice, why);
		this.file = file;
	}

	/** A file that could not be read. */
	public static FileFailedException unreadable(final Path file, final IOException why) {
		return new FileFailedException(file, file + " could not be read", why,
			"Check the drive and the permissions of the file.");
	}

	/** A folder that could not be read. */
	public static FileFailedException unreadableFolder(final Path folder, final IOException why) {
		return new FileFailedException(folder, "The folder " + folder + " cannot be read", why,
			"Check its permissions.");
	}

	/** The file or folder; null after this was serialized. */
	public Path file() {
		return file;
	}
}
