
package io.github.zimagefiji.command.common;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text for messages. Neither Fiji's dialogs nor its message boxes wrap. A dialog does not grow once
 * it is shown, so what it says has a fixed number of lines of a bounded length, as the small part
 * of HTML that all of Swing's widgets show.
 */
public final class MessageText {

	/** Lines of a dialog's message about the run. */
	public static final int LINES = 3;

	private static final int WIDTH = 80;
	private static final String START = "<html>";
	private static final String END = "</html>";
	private static final String BREAK = "<br>";
	private static final String RED = "<font color=\"#b00020\">";

	private MessageText() {
		// only static methods
	}

	/** Wraps a text for a message of ImageJ, which shows lines as they are. */
	static String broken(final String text) {
		return text.lines().flatMap(line -> words(line).stream()).collect(Collectors.joining("\n"));
	}

	/** Wraps a text; what does not fit ends in "…". */
	public static String wrapped(final String text, final int lines) {
		final List<String> result = words(text);
		if (result.size() > lines) {
			result.subList(lines, result.size()).clear();
			result.set(lines - 1, result.get(lines - 1) + " …");
		}
		return lines(result, lines);
	}

	/** The lines of a text of at most that width, unless a word is longer. */
	private static List<String> words(final String text) {
		final List<String> result = new ArrayList<>();
		final StringBuilder line = new StringBuilder();
		for (final String word : text.strip().split("\\s+", -1)) {
			if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
				result.add(line.toString());
				line.setLength(0);
			}
			line.append(line.length() == 0 ? "" : " ").append(word);
		}
		result.add(line.toString());
		return result;
	}

	/** Shows some lines, and blank ones up to {@code count}. */
	public static String lines(final List<String> lines, final int count) {
		final StringBuilder html = new StringBuilder(START);
		for (int i = 0; i < count; i++) {
			final String line = i < lines.size() ? cut(lines.get(i)) : "";
			html.append(i == 0 ? "" : BREAK)
				.append(line.isEmpty() ? "&nbsp;" : line.replace("&", "&amp;").replace("<", "&lt;"));
		}
		return html.append(END).toString();
	}

	/**
	 * Puts what is wrong above what a dialog says otherwise, in as many lines.
	 *
	 * @param problem empty if nothing is wrong
	 * @param usual made by this class, or empty
	 */
	public static String wrong(final String problem, final String usual) {
		final String[] rest = inner(usual).split(BREAK, -1);
		if (problem.isEmpty()) return usual.isEmpty() ? lines(List.of(), LINES) : usual;
		final List<String> sentence = words(problem);
		final int count = Math.max(LINES, rest.length);
		final int own = Math.min(count, sentence.size());
		final String told = inner(wrapped(problem, own));
		final StringBuilder html = new StringBuilder(START).append(RED).append(told).append("</font>");
		// a message that says the same has nothing to add
		final boolean same = rest[0].startsWith(told.split(BREAK, 2)[0]);
		for (int i = own; i < count; i++) {
			html.append(BREAK).append(same || i - own >= rest.length ? "&nbsp;" : rest[i - own]);
		}
		return html.append(END).toString();
	}

	/**
	 * A dialog's message whose lines cannot be folded. A dialog measures itself before it has its
	 * width, and would keep room for folded lines.
	 */
	public static String whole(final String html) {
		return html.replaceAll(" (?![^<]*>)", "\u00a0");
	}

	/**
	 * Whether a message of a dialog shows the first sentence of a text to its end; what follows
	 * explains it.
	 */
	public static boolean says(final String message, final String text) {
		final String sentence = text.strip().split("(?<=\\.)\\s", 2)[0];
		return inner(message).replace(BREAK, " ").replace("&lt;", "<").replace("&amp;", "&")
			.contains(String.join(" ", words(sentence)));
	}

	private static String inner(final String html) {
		return html.startsWith(START) && html.endsWith(END)
			? html.substring(START.length(), html.length() - END.length()) : html;
	}

	private static String cut(final String line) {
		return line.length() <= WIDTH + 2 ? line : line.substring(0, WIDTH) + " …";
	}
}
