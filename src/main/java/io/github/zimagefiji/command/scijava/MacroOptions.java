
package io.github.zimagefiji.command.scijava;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.NearestWord;

/**
 * Takes the options of a macro's {@code run("command", "options")} apart.
 * <p>
 * ImageJ itself looks for a key anywhere in the options, also inside the values of other keys. Here
 * the options are read from left to right: {@code key=word}, {@code key=[any text]},
 * {@code key='any text'}, or {@code key} alone for a check box. Brackets inside brackets belong to
 * the text if they are balanced; if they are not, the text goes on to the first closing bracket
 * after which the options end or a known key follows. A text that could be misread even so stands
 * in {@code [=[}any text{@code ]=]}, or with more equals signs, as in Lua.
 * </p>
 */
public final class MacroOptions {

	private static final Pattern KEYS_FOLLOW = Pattern.compile("\\s++(?:\\w++\\s++)*+\\w++=");

	private final String text;
	private final Set<String> keys;
	private final Map<String, String> values = new LinkedHashMap<>();
	private int at;

	private MacroOptions(final String text, final Set<String> keys) {
		this.text = text;
		this.keys = keys;
	}

	/**
	 * Reads options.
	 *
	 * @param options what stands in the second argument of {@code run}
	 * @param keys the keys that are allowed
	 * @return value by key in their order; {@code true} for a key alone
	 * @throws InvalidInputException if a key is not allowed or is there twice, or a bracket is never
	 *           closed
	 */
	public static Map<String, String> parse(final String options, final Set<String> keys) {
		return new MacroOptions(options, keys).all();
	}

	private Map<String, String> all() {
		for (skipBlanks(); at < text.length(); skipBlanks()) {
			final String key = key();
			if (values.containsKey(key))
				throw new InvalidInputException("The macro gives " + key + " twice.");
			values.put(key, at < text.length() && text.charAt(at) == '=' ? value(key) : "true");
		}
		return values;
	}

	private void skipBlanks() {
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
			at++;
		}
	}

	private String key() {
		final int start = at;
		while (at < text.length() && text.charAt(at) != '=' &&
			!Character.isWhitespace(text.charAt(at)))
		{
			at++;
		}
		final String key = text.substring(start, at);
		if (keys.contains(key)) return key;
		throw new InvalidInputException("The macro gives \"" + Excerpt.of(key) +
			"\", which this command does not have." + NearestWord.question(key, keys) + " It has: " +
			String.join(", ", keys) + ". Text with spaces belongs into brackets: key=[some text].");
	}

	private String value(final String key) {
		at++; // the equals sign
		final char first = at < text.length() ? text.charAt(at) : ' ';
		if (first == '[') {
			final String fenced = fenced();
			return fenced != null ? fenced : upTo(closingBracket(key));
		}
		final int quote = first == '\'' ? closingQuote() : -1;
		if (quote >= 0) return upTo(quote);
		final int start = at;
		while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
			at++;
		}
		return text.substring(start, at);
	}

	/**
	 * The text between the character here and the one at {@code end}; goes on after it.
	 */
	private String upTo(final int end) {
		final String value = text.substring(at + 1, end);
		at = end + 1;
		return value;
	}

	/**
	 * The text between {@code [=[} and {@code ]=]}; null if it is not written so.
	 */
	private String fenced() {
		int start = at + 1;
		while (start < text.length() && text.charAt(start) == '=') {
			start++;
		}
		if (start == at + 1 || start == text.length() || text.charAt(start) != '[') return null;
		final String fence = "]" + text.substring(at + 1, start) + "]";
		for (int end = text.indexOf(fence, start + 1); end >= 0; end = text.indexOf(fence, end + 1)) {
			final int next = end + fence.length();
			if (next < text.length() && !blankAt(next)) continue;
			at = next;
			return text.substring(start + 1, end);
		}
		return null;
	}

	/**
	 * The bracket that closes the value that begins here. Where the brackets are balanced and what
	 * follows reads like a key that the command does not have, the value ends there, so that the key
	 * is refused and not taken for text.
	 */
	private int closingBracket(final String key) {
		int open = 0;
		int balanced = -1;
		int unbalanced = -1;
		for (int i = at; i < text.length(); i++) {
			final char c = text.charAt(i);
			if (c == '[') open++;
			else if (c == ']') {
				open--;
				final boolean ends = endsValue(i);
				if (open == 0 && ends) return i;
				if (open == 0 && balanced < 0 && blankAt(i + 1)) {
					if (beforeKey(i + 1)) return i;
					balanced = i;
				}
				if (ends && unbalanced < 0) unbalanced = i;
			}
		}
		if (unbalanced >= 0) return unbalanced;
		if (balanced >= 0) return balanced;
		throw new InvalidInputException(
			"In the macro, the bracket after " + key + "= is never closed.");
	}

	private int closingQuote() {
		for (int i = text.indexOf('\'', at + 1); i >= 0; i = text.indexOf('\'', i + 1)) {
			if (endsValue(i) || beforeKey(i + 1)) return i;
		}
		return -1;
	}

	private boolean blankAt(final int index) {
		return index < text.length() && Character.isWhitespace(text.charAt(index));
	}

	/** Whether words and then {@code word=} follow, whatever the words are. */
	private boolean beforeKey(final int start) {
		return KEYS_FOLLOW.matcher(text).region(start, text.length()).lookingAt();
	}

	/** Whether after this character the options end, or a known key follows. */
	private boolean endsValue(final int end) {
		int next = end + 1;
		if (next < text.length() && !Character.isWhitespace(text.charAt(next))) return false;
		while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
			next++;
		}
		if (next == text.length()) return true;
		int stop = next;
		while (stop < text.length() && text.charAt(stop) != '=' &&
			!Character.isWhitespace(text.charAt(stop)))
		{
			stop++;
		}
		return keys.contains(text.substring(next, stop));
	}
}
