
package io.github.zimagefiji.fields;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Stands between a JSON text and its parser. It lets through what the words of RFC 8259 are made
 * of, whose order the parser checks, and refuses at the first character beyond a bound; so no
 * parser behind it ever sees a number of ten thousand digits or a thousand open brackets. Parsers
 * accept more than JSON has: single quotes, comments, {@code NaN}, {@code TRUE}, line breaks inside
 * texts.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>
 */
final class JsonGuard extends FilterReader {

	/** Levels of brackets and braces. */
	static final int MOST_LEVELS = 64;

	/** Characters of a number; a double needs 24. */
	static final int MOST_DIGITS = 100;

	private static final Set<String> WORDS = Set.of("true", "false", "null");

	/** Unambiguous, so that no text makes it go back. */
	private static final Pattern NUMBER =
		Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+");

	private static final String ESCAPES = "\"\\/bfnrtu";

	private static final int HEX_DIGITS = 4;

	private final int mostValues;
	private final StringBuilder literal = new StringBuilder();
	private int levels;
	private int values;
	private boolean inText;
	private boolean escaped;
	private int hexDigits;
	private boolean begun;

	/**
	 * @param mostValues more values than this, those within others included, are refused
	 */
	JsonGuard(final Reader in, final int mostValues) {
		super(in);
		this.mostValues = mostValues;
	}

	@Override
	public int read() throws IOException {
		final char[] one = new char[1];
		return read(one, 0, 1) < 0 ? -1 : one[0];
	}

	@Override
	public int read(final char[] buffer, final int offset, final int length) throws IOException {
		final int count = super.read(buffer, offset, length);
		if (count < 0) endLiteral();
		for (int i = offset; i < offset + count; i++) {
			if (inText) inText(buffer[i]);
			else outside(buffer[i]);
			begun = true;
		}
		return count;
	}

	private void inText(final char c) {
		if (hexDigits > 0) {
			if (Character.digit(c, 16) < 0 || c > 'f')
				throw new MalformedTextException("it has a wrong escape \\u");
			hexDigits--;
		}
		else if (escaped) {
			if (ESCAPES.indexOf(c) < 0)
				throw new MalformedTextException("it has the unknown escape \\" + Excerpt.of(c));
			hexDigits = c == 'u' ? HEX_DIGITS : 0;
			escaped = false;
		}
		else if (c < ' ') throw new MalformedTextException("a text in it holds the control character " +
			(int) c + ", as if its closing quotation mark were missing");
		else if (c == '"') inText = false;
		else escaped = c == '\\';
	}

	private void outside(final char c) {
		switch (c) {
			case ' ', '\t', '\r', '\n', ':' -> endLiteral();
			case '{', '[' -> {
				endLiteral();
				count();
				if (++levels > MOST_LEVELS)
					throw new MalformedTextException("it is nested deeper than " + MOST_LEVELS + " levels");
			}
			case '}', ']' -> {
				endLiteral();
				levels--;
			}
			case ',' -> {
				endLiteral();
				count();
			}
			case '"' -> {
				endLiteral();
				inText = true;
			}
			case '\uFEFF' -> {
				// the parser takes a mark at the beginning only
				if (begun) literal(c);
			}
			default -> literal(c);
		}
	}

	private void count() {
		if (++values > mostValues)
			throw new MalformedTextException("it has more than " + mostValues + " values");
	}

	private void literal(final char c) {
		literal.append(c);
		if (literal.length() > MOST_DIGITS) throw new MalformedTextException(
			"it has a number or word of more than " + MOST_DIGITS + " characters");
	}

	private void endLiteral() {
		if (literal.length() == 0) return;
		final String word = literal.toString();
		literal.setLength(0);
		if (!WORDS.contains(word) && !NUMBER.matcher(word).matches()) throw new MalformedTextException(
			"it has " + Excerpt.of(word) + " where a value of JSON is needed");
	}
}
