
package io.github.zimagefiji.fields;

import org.jspecify.annotations.Nullable;

/**
 * Values for messages. What a file holds may be a million characters long, or may steer the
 * terminal on which it is shown.
 */
public final class Excerpt {

	private static final int MOST = 80;

	private Excerpt() {
		// only of()
	}

	/**
	 * At most 80 characters of a value's text, without control characters.
	 *
	 * @param value may be null, which is shown as such
	 */
	public static String of(final @Nullable Object value) {
		final String text = String.valueOf(value);
		final int end = text.length() <= MOST ? text.length()
			: text.offsetByCodePoints(0, text.codePointCount(0, MOST - 1));
		final StringBuilder shown = new StringBuilder(end + 1);
		for (int i = 0; i < end; i++) {
			final char c = text.charAt(i);
			shown.append(Character.isISOControl(c) ? '\uFFFD' : c);
		}
		return end == text.length() ? shown.toString() : shown.append('…').toString();
	}
}
