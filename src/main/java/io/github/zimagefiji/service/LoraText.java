
package io.github.zimagefiji.service;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.request.LoraChoice;

/**
 * LoRAs as text: {@code file} or {@code file:scale}, several separated by {@value #SEPARATOR}.
 * {@code :partial} at the end of one allows that only a part of the file fits the model.
 */
public final class LoraText {

	/** Stands between two; file names of Windows cannot hold it. */
	public static final String SEPARATOR = "|";

	private LoraText() {
		// only static methods
	}

	/**
	 * Reads a list. What follows the last colon is a scale if it is a number, else part of the name.
	 *
	 * @param text may be null or blank, for no LoRA
	 * @throws InvalidInputException if a part names no file
	 */
	public static List<LoraChoice> parse(final String text) {
		final List<LoraChoice> result = new ArrayList<>();
		if (text == null || text.isBlank()) return result;
		for (final String part : text.split("\\" + SEPARATOR, -1)) {
			if (!part.isBlank()) result.add(choice(part.strip()));
		}
		return result;
	}

	/**
	 * A list with one more file, or file and scale, as {@link #parse} reads it.
	 */
	public static String with(final String list, final String file) {
		return list == null || list.isBlank() ? file : list.strip() + " " + SEPARATOR + " " + file;
	}

	/**
	 * Reads one LoRA. What follows the last colon is the scale if it is a number, so that
	 * {@code C:\a.safetensors} is a file.
	 *
	 * @throws InvalidInputException if it names no file, or the scale is not from -100 to 100
	 */
	public static LoraChoice choice(final String text) {
		final boolean partial =
			text.endsWith(LoraChoice.PARTIAL) && text.length() > LoraChoice.PARTIAL.length();
		final String rest =
			partial ? text.substring(0, text.length() - LoraChoice.PARTIAL.length()) : text;
		final int colon = rest.lastIndexOf(':');
		if (colon > 0) {
			try {
				return new LoraChoice(path(rest.substring(0, colon)),
					Double.parseDouble(rest.substring(colon + 1)), partial);
			}
			catch (final NumberFormatException e) {
				// the colon belongs to the name
			}
		}
		return new LoraChoice(path(rest), 1, partial);
	}

	/** What {@link #choice} reads as that LoRA. */
	public static String text(final LoraChoice lora) {
		return lora.file() + ":" + lora.scale() + (lora.partial() ? LoraChoice.PARTIAL : "");
	}

	private static Path path(final String text) {
		try {
			return Path.of(text.strip());
		}
		catch (final InvalidPathException e) {
			throw new InvalidInputException("\"" + Excerpt.of(text) +
				"\" names no LoRA file. Write FILE, FILE:SCALE or FILE:SCALE:partial, and " + SEPARATOR +
				" between several.", e);
		}
	}
}
