
package io.github.zimagefiji.error;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong; the message is a sentence for the user: what is wrong, and what to do.
 */
public class ZImageException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private static final int MOST = 4000;

	public ZImageException(final String message) {
		super(bounded(message));
	}

	public ZImageException(final String message, final @Nullable Throwable cause) {
		super(bounded(message), cause);
	}

	@Override
	public String getMessage() {
		return Objects.requireNonNullElse(super.getMessage(), "");
	}

	/**
	 * What a file holds is quoted in messages. Whatever that is, a message stays one line without
	 * control characters, and its beginning and its end, the advice, stay readable.
	 */
	private static String bounded(final @Nullable String message) {
		if (message == null) return "";
		final String shown = message.length() <= MOST ? message
			: message.substring(0, MOST / 2) + "…" + message.substring(message.length() - MOST / 2);
		if (shown.chars().noneMatch(Character::isISOControl)) return shown;
		final StringBuilder line = new StringBuilder(shown);
		for (int i = 0; i < line.length(); i++) {
			final char c = line.charAt(i);
			if (Character.isISOControl(c)) line.setCharAt(i, Character.isWhitespace(c) ? ' ' : '\uFFFD');
		}
		return line.toString();
	}
}
