
package io.github.zimagefiji.service;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.LoraChoice;

/**
 * LoRAs as text: {@code file} or {@code file:scale}, several separated by
 * {@value #SEPARATOR}.
 */
public final class LoraText {

	/** Stands between two; file names of Windows cannot hold it. */
	public static final String SEPARATOR = "|";

	private LoraText() {
		// only static methods
	}

	/**
	 * Reads a list. What follows the last colon is a scale if it is a number,
	 * else part of the name.
	 *
	 * @param text may be null or blank, for no LoRA
	 * @throws InvalidInputException if a part names no file
	 */
	public static List<LoraChoice> parse(final String text) {
		final List<LoraChoice> result = new ArrayList<>();
		if (text == null || text.isBlank()) return result;
		for (final String part : text.split("\\" + SEPARATOR)) {
			if (!part.isBlank()) result.add(one(part.strip()));
		}
		return result;
	}

	/**
	 * A list with one more file, or file and scale, as {@link #parse} reads it.
	 */
	public static String with(final String list, final String file) {
		return list == null || list.isBlank() ? file : list.strip() + " " +
			SEPARATOR + " " + file;
	}

	private static LoraChoice one(final String text) {
		final int colon = text.lastIndexOf(':');
		if (colon > 0) {
			try {
				return new LoraChoice(path(text.substring(0, colon)), Double
					.parseDouble(text.substring(colon + 1)));
			}
			catch (final NumberFormatException e) {
				// the colon belongs to the name
			}
		}
		return new LoraChoice(path(text), 1);
	}

	private static Path path(final String text) {
		try {
			return Path.of(text.strip());
		}
		catch (final InvalidPathException e) {
			throw new InvalidInputException("\"" + text +
				"\" names no LoRA file. Write FILE or FILE:SCALE, and " + SEPARATOR +
				" between several.", e);
		}
	}
}
