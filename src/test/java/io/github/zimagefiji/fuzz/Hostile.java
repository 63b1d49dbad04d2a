
package io.github.zimagefiji.fuzz;

import java.util.Random;

/** Values that have broken parsers before, here or elsewhere. */
final class Hostile {

	/** What large values are made of is repeated so often at the most. */
	private static final int MOST = 5000;

	private static final String[] NUMBERS = { "0", "-0", "-1", "1", "2", "0.5", "-0.5", "1.0", "255",
		"256", "65535", "65536", "2147483647", "2147483648", "-2147483648", "4294967296",
		"9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e5",
		"1e308", "1e309", "-1e999999999", "1e999999999", "1e-999999999", "0e999999999", "1E+2147483648",
		"00", "01", "+1", ".5", "5.", "1e", "0x10", "1_000", "1f", "1d", "NaN", "-NaN", "Infinity",
		"-Infinity", ".nan", ".inf", "٣", "１" };

	private static final String[] TEXTS = { "", " ", "a", "null", "true", "~", "../../etc/passwd",
		"/", "\\", "C:\\x", "\\\\host\\share", "CON", "a/b", "..", ".", "file:///etc/passwd",
		"http://[", "https://a:99999/", "%s%n", "é", "e\u0301", "\uFEFF", "\uFFFD", "\u0000", "\u0007",
		"\u001b[31m", "\u202e", "\u2028", "\uD83D\uDE00", "\uD800", "{}", "[]", "${x}", "{x}", "'",
		"\"", "a\nb", "a\r\nb", "\t", "*", "&a", "!!x", "---", "...", ":", "- a", "#", "=", "|", "@",
		"`", "(", "[", "]]", "(?:a+)+$", ".*" };

	private final Random random;

	Hostile(final Random random) {
		this.random = random;
	}

	/** A number, or what looks like one. */
	String number() {
		if (random.nextInt(12) > 0) return NUMBERS[random.nextInt(NUMBERS.length)];
		final String digit = String.valueOf(random.nextInt(10));
		return (random.nextBoolean() ? "" : "0.") + digit.repeat(times());
	}

	/** Any text, not quoted. */
	String text() {
		if (random.nextInt(12) > 0) return TEXTS[random.nextInt(TEXTS.length)];
		return TEXTS[random.nextInt(TEXTS.length)].repeat(times());
	}

	/** How often to repeat something: seldom often. */
	int times() {
		return 1 + (random.nextInt(4) > 0 ? random.nextInt(40) : random.nextInt(MOST));
	}

	/** A value of JSON, or what looks like one. */
	String json() {
		return switch (random.nextInt(16)) {
			case 0, 1, 2, 3 -> number();
			case 4, 5, 6 -> quoted(text());
			case 7 -> quoted(number());
			case 8 -> "null";
			case 9 -> random.nextBoolean() ? "true" : "false";
			case 10 -> random.nextBoolean() ? "[]" : "{}";
			case 11 -> "[" + number() + ",".concat(number()).repeat(times()) + "]";
			case 12 -> deep("[", "]");
			case 13 -> deep("{\"a\":", "}");
			case 14 -> "\"" + text() + "\"";
			default -> odd();
		};
	}

	private String deep(final String open, final String close) {
		final int levels = times();
		return open.repeat(levels) + "1" + close.repeat(random.nextInt(8) > 0 ? levels : levels / 2);
	}

	private String odd() {
		final String[] odd = { "'a'", "a", "/*a*/1", "#a\n1", "TRUE", "nil", "1 2", "\"\\x41\"",
			"\"\\u12\"", "\"\\ud800\"", "\"a\nb\"", "[1,]", "[,]", "{,}", "{\"a\":1,\"a\":2}",
			"{\"a\":1,}", "{1:2}", ")]}'", ";" };
		return odd[random.nextInt(odd.length)];
	}

	/** A text as JSON writes it. */
	static String quoted(final String text) {
		final StringBuilder quoted = new StringBuilder("\"");
		for (final char c : text.toCharArray()) {
			if (c == '"' || c == '\\') quoted.append('\\').append(c);
			else if (c < ' ') quoted.append(String.format("\\u%04x", (int) c));
			else quoted.append(c);
		}
		return quoted.append('"').toString();
	}
}
