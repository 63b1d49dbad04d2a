
package io.github.zimagefiji.engine;

import java.util.Locale;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.ZImageException;

/**
 * Turns what the native engine throws into one exception type with a sentence.
 */
final class EngineErrors {

	private EngineErrors() {}

	/** @param doing what was being done, in a few words */
	static ZImageException translate(final String doing, final RuntimeException e) {
		if (e instanceof ZImageException known) return known;
		final String message = String.valueOf(e.getMessage());
		final String lower = message.toLowerCase(Locale.ROOT);
		if (lower.contains("out of memory") || lower.contains("can't allocate memory") ||
			lower.contains("not enough memory"))
			return new EngineFailedException("The memory ran out (" + doing +
				"). Choose a smaller image or bfloat16, or close other programs.", e);
		return new EngineFailedException(
			"The computing engine failed (" + doing + "): " + lastLine(message), e);
	}

	/** TorchScript ends its traces with the line that says what is wrong. */
	private static String lastLine(final String message) {
		final String[] lines = message.strip().split("\\R", -1);
		for (int i = lines.length - 1; i >= 0; i--) {
			if (lines[i].contains("Error:")) return lines[i].strip();
		}
		return lines[0].strip();
	}
}
