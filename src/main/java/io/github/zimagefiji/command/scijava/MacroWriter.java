
package io.github.zimagefiji.command.scijava;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes options and macro lines that {@link MacroOptions} reads back as they were.
 */
final class MacroWriter {

	private static final String WORD = "[^\\p{javaWhitespace}\\[\\]'\"=]+";

	private MacroWriter() {
		// only static methods
	}

	/**
	 * {@code key=word key=[some text]}: each value in the plainest form that is read back as it is.
	 */
	static String options(final Map<String, String> values) {
		final List<String> options = new ArrayList<>();
		values.forEach((key, value) -> options.add(key + "=" + quoted(value)));
		return String.join(" ", options);
	}

	private static String quoted(final String value) {
		if (value.matches(WORD)) return value;
		if (isBalanced(value) && !value.startsWith("=")) return "[" + value + "]";
		// Other texts go between brackets that they do not hold.
		String fence = "=";
		while (value.contains("]" + fence + "]")) {
			fence += "=";
		}
		return "[" + fence + "[" + value + "]" + fence + "]";
	}

	/**
	 * Then the bracket that closes the first one is the last one, whatever follows.
	 */
	private static boolean isBalanced(final String value) {
		int open = 0;
		for (int i = 0; i < value.length() && open >= 0; i++) {
			if (value.charAt(i) == '[') open++;
			else if (value.charAt(i) == ']') open--;
		}
		return open == 0;
	}

	/**
	 * A line of a macro or script.
	 *
	 * @param command as in the menu
	 * @param script whether it is for a script, where {@code run} belongs to {@code IJ}
	 */
	static String line(final String command, final String options, final boolean script) {
		return (script ? "IJ." : "") + "run(\"" + escaped(command) + "\", \"" + escaped(options) +
			"\");\n";
	}

	/**
	 * ImageJ's macro language and Java know these escapes, and no others in common.
	 */
	private static String escaped(final String text) {
		final StringBuilder result = new StringBuilder();
		for (int i = 0; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c == '"' || c == '\\') result.append('\\').append(c);
			else if (c == '\n') result.append("\\n");
			else if (c < ' ' || c == 0x7f) result.append(String.format("\\%03o", (int) c));
			else result.append(c);
		}
		return result.toString();
	}
}
