
package io.github.zimagefiji.cli.generate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;
import picocli.CommandLine.Option;

/** The two ways to give a prompt; exactly one is used. */
final class PromptOptions {

	/**
	 * What Java puts in place of bytes that it cannot read in the system's encoding.
	 */
	private static final char UNREADABLE = '\uFFFD';

	private static final long LARGEST = 1_000_000;

	@Option(names = "--prompt", paramLabel = "TEXT",
		description = "What to show; may be empty (\"\").")
	private String prompt;

	@Option(names = "--prompt-file", paramLabel = "FILE",
		description = "A text file (UTF-8) that holds the prompt; safe on systems whose command line cannot carry " +
			"every letter, such as Windows.")
	private Path file;

	/**
	 * Gives the prompt.
	 *
	 * @throws InvalidInputException if it cannot be read
	 */
	String text() {
		return file == null ? readable(prompt, "prompt") : read();
	}

	/** The file that holds the prompt, if it is in one. */
	Optional<Path> file() {
		return Optional.ofNullable(file);
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

	private String read() {
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
