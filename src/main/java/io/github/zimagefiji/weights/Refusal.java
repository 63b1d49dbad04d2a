
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.FileFailedException;

/**
 * The sentences with which files are refused, in one place so that all of them name the file and
 * the way out.
 */
public final class Refusal {

	private Refusal() {
		// only static methods
	}

	/**
	 * A file that is not what it should be.
	 *
	 * @param what the end of a sentence, without a full stop
	 */
	public static InvalidInputException damaged(final Path file, final String what) {
		return new InvalidInputException(
			file + " is damaged or incomplete: " + what + ". Download that file again.");
	}

	public static InvalidInputException damaged(final Path file, final String what,
		final Exception cause)
	{
		return new InvalidInputException(damaged(file, what).getMessage(), cause);
	}

	/** A file that the system does not let us read. */
	public static InvalidInputException unreadable(final Path file, final IOException cause) {
		return FileFailedException.unreadable(file, cause);
	}

	/** A Python pickle. */
	static InvalidInputException pickle(final Path file) {
		return new InvalidInputException(
			file + " is a Python pickle, which can run code when it is opened. " +
				"Download the model in its safetensors form instead.");
	}

	/** A file of llama.cpp and its relatives. */
	static InvalidInputException gguf(final Path file) {
		return new InvalidInputException(file + " is in the GGUF format, which is not supported. " +
			"Download the model in its safetensors form instead.");
	}
}
