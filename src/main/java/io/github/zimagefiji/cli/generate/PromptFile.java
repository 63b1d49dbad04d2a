
package io.github.zimagefiji.cli.generate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;

/** Prompts in files, and those that the system's encoding has spoilt. */
final class PromptFile {

	/**
	 * What Java puts in place of bytes that it cannot read in the system's encoding.
	 */
	private static final char UNREADABLE = '\uFFFD';

	private static final long LARGEST = 1_000_000;

	private PromptFile() {
		// only static methods
	}

	/**
	 * Refuses text that the system's encoding has spoilt: the image would silently be another one.
	 */
	static String readable(final String text, final String name) {
		if (text.indexOf(UNREADABLE) < 0) return text;
		throw new InvalidInputException(
			"The " + name + " holds letters that this system's encoding cannot pass on. " +
				"Use a UTF-8 locale, or put the prompt into a file and name it with --prompt-file.");
	}

	/**
	 * Reads the prompt that is in a file.
	 *
	 * @throws InvalidInputException if it cannot be read, or is no text in UTF-8
	 */
	static String read(final Path file) {
		try {
			if (Files.size(file) > LARGEST)
				throw new InvalidInputException("The prompt file " + file + " has " + Files.size(file) +
					" bytes, which is too long for a prompt. Choose another file.");
			final String text = Files.readString(file, StandardCharsets.UTF_8);
			if (text.indexOf('\0') >= 0) throw new InvalidInputException("The prompt file " + file +
				" holds zero bytes, so that it is no UTF-8 text. Save it as UTF-8.");
			// Editors end files with a line break, and some on Windows begin them
			// with a mark and break lines with two letters.
			return (text.startsWith("\uFEFF") ? text.substring(1) : text).replaceAll("\r\n?", "\n")
				.replaceFirst("\\R\\z", "");
		}
		catch (final CharacterCodingException e) {
			throw new InvalidInputException(
				"The prompt file " + file + " is not UTF-8 text. Save it as UTF-8.", e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The prompt file " + file + " cannot be read. Check its name and its permissions.", e);
		}
	}
}
