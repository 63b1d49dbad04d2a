
package io.github.zimagefiji.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Text for a dialog's messages. A dialog does not grow once it is shown, and
 * does not wrap: so every message has a fixed number of lines of a bounded
 * length, as the small part of HTML that all of Swing's widgets show.
 */
final class MessageText {

	private static final int WIDTH = 80;

	private MessageText() {
		// only static methods
	}

	/** Wraps a text; what does not fit ends in "…". */
	static String wrapped(final String text, final int lines) {
		final List<String> result = new ArrayList<>();
		final StringBuilder line = new StringBuilder();
		for (final String word : text.strip().split("\\s+")) {
			if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
				result.add(line.toString());
				line.setLength(0);
			}
			line.append(line.length() == 0 ? "" : " ").append(word);
		}
		result.add(line.toString());
		if (result.size() > lines) {
			result.subList(lines, result.size()).clear();
			result.set(lines - 1, result.get(lines - 1) + " …");
		}
		return lines(result, lines);
	}

	/** Shows some lines, and blank ones up to {@code count}. */
	static String lines(final List<String> lines, final int count) {
		final StringBuilder html = new StringBuilder("<html>");
		for (int i = 0; i < count; i++) {
			final String line = i < lines.size() ? cut(lines.get(i)) : "";
			html.append(i == 0 ? "" : "<br>").append(line.isEmpty() ? "&nbsp;" : line
				.replace("&", "&amp;").replace("<", "&lt;"));
		}
		return html.append("</html>").toString();
	}

	private static String cut(final String line) {
		return line.length() <= WIDTH + 2 ? line : line.substring(0, WIDTH) + " …";
	}
}
