
package io.github.zimagefiji.image;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The label of a plane of a stack: it moves along when slices are sorted, deleted or copied.
 */
final class SliceLabel {

	private static final Pattern LABEL = Pattern.compile("seed (\\d{1,19})");

	private SliceLabel() {
		// only static methods
	}

	/** {@code seed N}. */
	static String of(final long seed) {
		return "seed " + seed;
	}

	/** The seed in a label; nothing if it is null or another text. */
	static OptionalLong seed(final String label) {
		final Matcher matcher = LABEL.matcher(label == null ? "" : label);
		if (!matcher.matches()) return OptionalLong.empty();
		try {
			return OptionalLong.of(Long.parseLong(matcher.group(1)));
		}
		catch (final NumberFormatException e) {
			// nineteen digits, but above 2^63-1: nobody's seed
			return OptionalLong.empty();
		}
	}
}
