
package io.github.zimagefiji.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes YAML by its lines, keys, values and indentation. */
final class LineChange {

	private static final int MOST_CHANGES = 3;
	private static final String[] YAML = { "&a [*a]", "*a", "&a x", "!!str 5", "!!int x",
		"!include x", "!<tag:x> y", "<<: {items: 3}", "? a", "| \n  x", ">-\n  x", "\"\\x00\"",
		"\"\\u0000\"", "'a", "\"a", "[a, b", "{a: b", "[a, [b, [c]]]", "{a: {b: {c: d}}}", "null", "~",
		"yes", "0o17", "0x1F", "190:20:30", "2001-01-01", "1_000", "- - - a", "%YAML 1.1", "---", "...",
		"# x", "@a", "`a`", "a: b: c", "\t" };

	private final Random random;
	private final Hostile hostile;

	LineChange(final Random random) {
		this.random = random;
		hostile = new Hostile(random);
	}

	/** A changed text. */
	String change(final String yaml) {
		final List<String> lines = new ArrayList<>(yaml.lines().toList());
		final int changes = 1 + random.nextInt(MOST_CHANGES);
		for (int i = 0; i < changes && !lines.isEmpty(); i++)
			changeOnce(lines);
		return String.join(random.nextInt(10) == 0 ? "\r\n" : "\n", lines) +
			(random.nextBoolean() ? "\n" : "");
	}

	private void changeOnce(final List<String> lines) {
		final int at = random.nextInt(lines.size());
		final String line = lines.get(at);
		final int colon = line.indexOf(": ");
		switch (random.nextInt(12)) {
			case 0, 1, 2, 3,
					4 -> lines.set(at, colon < 0 ? value() : line.substring(0, colon + 2) + value());
			case 5 -> lines.set(at, new WordChange(random).change(line));
			case 6 -> lines.remove(at);
			case 7 -> lines.add(at, lines.get(random.nextInt(lines.size())));
			case 8 -> lines.set(at, " ".repeat(random.nextInt(6)) + line.strip());
			case 9 -> lines.add(at, line.replaceAll("\\S.*", "") + hostile.text() + ": " + value());
			case 10 -> lines.set(at, line.replace(": ", ": [").concat("]"));
			default -> {
				for (int i = hostile.times(); i > 0; i--)
					lines.add(at, random.nextInt(4) > 0 ? line : "k" + i + ": 1");
			}
		}
	}

	private String value() {
		return switch (random.nextInt(6)) {
			case 0, 1 -> hostile.number();
			case 2 -> hostile.text();
			case 3 -> hostile.json();
			case 4 -> YAML[random.nextInt(YAML.length)];
			default -> "[".repeat(random.nextInt(2) * hostile.times()) +
				"{a: ".repeat(random.nextInt(2) * hostile.times()) +
				"- ".repeat(random.nextInt(2) * hostile.times());
		};
	}
}
