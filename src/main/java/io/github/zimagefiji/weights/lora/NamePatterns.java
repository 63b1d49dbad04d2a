
package io.github.zimagefiji.weights.lora;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Values for layers by regular expressions, of which the first that matches counts, as PEFT's
 * {@code get_pattern_key} has it: an expression must match the whole of a layer's name, or what
 * follows one of its dots. Expressions come from files, so that the work is bounded: those that are
 * plain names, which are most, are looked up, and the steps of all others are counted.
 *
 * @see <a href=
 *      "https://github.com/huggingface/peft/blob/main/src/peft/utils/other.py">get_pattern_key</a>
 */
final class NamePatterns {

	/** Steps for all names together: a few seconds. */
	private static final long LIMIT = 300_000_000;

	/** Places of one expression at which there is a choice. */
	private static final int MOST_CHOICES = 12;

	private static final int LONGEST = 500;

	private static final Pattern PLAIN = Pattern.compile("\\^?(?:[A-Za-z0-9_-]|\\\\?\\.)+\\$?");

	/** What Java's expressions understand otherwise than Python's. */
	private static final Pattern DIFFERENT =
		Pattern.compile("&&|\\[[^\\]]*\\[|\\\\[^.dDwWsSbBAZ\\[\\](){}*+?|^$/_-]|\\(\\?[^:=!<]");

	/** Names of one length with letters that may be any at the same places. */
	private record Form(int length, List<Integer> open, boolean whole) {}

	private record Expression(int index, Pattern pattern, long weight) {}

	/** A name whose letters are counted as they are looked at. */
	private final class Counted implements CharSequence {

		private final String name;

		private final long weight;

		Counted(final String name, final long weight) {
			this.name = name;
			this.weight = weight;
		}

		@Override
		public int length() {
			return name.length();
		}

		@Override
		public char charAt(final int index) {
			count(weight);
			return name.charAt(index);
		}

		@Override
		public CharSequence subSequence(final int start, final int end) {
			return name.substring(start, end);
		}
	}

	/** Says that the work became too much. */
	static final class TooMuchWorkException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		TooMuchWorkException() {
			super("too many steps", null, false, false);
		}
	}

	private final List<Double> values = new ArrayList<>();
	private final Map<Form, Map<String, Integer>> plain = new HashMap<>();
	private final List<Expression> expressions = new ArrayList<>();
	private long steps;

	/**
	 * @param values by expression, in the order in which they are tried
	 * @throws IllegalArgumentException if one is no expression, or one that Java would understand
	 *           otherwise than Python
	 */
	NamePatterns(final Map<String, Double> values) {
		values.forEach((expression, value) -> {
			add(expression, this.values.size());
			this.values.add(value);
		});
	}

	private void add(final String expression, final int index) {
		if (expression.length() > LONGEST)
			throw new IllegalArgumentException("longer than " + LONGEST + " letters");
		if (PLAIN.matcher(expression).matches()) {
			addPlain(expression, index);
			return;
		}
		if (DIFFERENT.matcher(expression).find()) throw new IllegalArgumentException("not understood");
		final int choices = choices(expression);
		try {
			expressions.add(new Expression(index,
				Pattern.compile("(.*\\.)?(" + expression + ")$", Pattern.UNIX_LINES), 1L << choices));
		}
		catch (final PatternSyntaxException | StackOverflowError e) {
			throw new IllegalArgumentException("not understood", e);
		}
	}

	/**
	 * Counts the places at which Java has two ways to go on. Between two letters that it looks at it
	 * can take no more steps than there are ways in all, unless a group is repeated, which is
	 * refused.
	 */
	private static int choices(final String expression) {
		int choices = 0;
		boolean inClass = false;
		char before = 0;
		int i = 0;
		while (i < expression.length()) {
			final char c = expression.charAt(i++);
			if (!inClass && before == ')' && "*+{".indexOf(c) >= 0)
				throw new IllegalArgumentException("a repeated group");
			if (!inClass && ("*+{|".indexOf(c) >= 0 || c == '?' && before != '(')) choices++;
			if (c == '[') inClass = true;
			if (c == ']') inClass = false;
			before = c;
			if (c != '\\') continue;
			i++;
			before = 0;
		}
		if (choices > MOST_CHOICES)
			throw new IllegalArgumentException("more than " + MOST_CHOICES + " choices");
		return choices;
	}

	private void addPlain(final String expression, final int index) {
		final boolean whole = expression.startsWith("^");
		final int end = expression.length() - (expression.endsWith("$") ? 1 : 0);
		final StringBuilder letters = new StringBuilder();
		final List<Integer> open = new ArrayList<>();
		for (int i = whole ? 1 : 0; i < end; i++) {
			final char c = expression.charAt(i);
			if (c == '.') open.add(letters.length());
			letters.append(c == '\\' ? expression.charAt(++i) : c);
		}
		plain.computeIfAbsent(new Form(letters.length(), open, whole), form -> new HashMap<>())
			.putIfAbsent(masked(letters.toString(), open), index);
	}

	private static String masked(final String letters, final List<Integer> open) {
		final char[] masked = letters.toCharArray();
		open.forEach(i -> masked[i] = '.');
		return new String(masked);
	}

	/**
	 * The value of the first expression that matches a name.
	 *
	 * @param names a layer's names, one of which must match
	 * @return null if none does
	 * @throws TooMuchWorkException if the file asks for more work than is sane
	 */
	Double of(final List<String> names) {
		int first = values.size();
		for (final String name : names) {
			first = Math.min(first, firstPlain(name));
			first = firstExpression(name, first);
		}
		return first < values.size() ? values.get(first) : null;
	}

	private int firstPlain(final String name) {
		int first = values.size();
		for (final Map.Entry<Form, Map<String, Integer>> form : plain.entrySet()) {
			final int start = name.length() - form.getKey().length();
			count(1);
			if (start < 0 || start > 0 && (form.getKey().whole() || name.charAt(start - 1) != '.'))
				continue;
			count(form.getKey().length());
			final Integer index =
				form.getValue().get(masked(name.substring(start), form.getKey().open()));
			if (index != null) first = Math.min(first, index);
		}
		return first;
	}

	private int firstExpression(final String name, final int before) {
		for (final Expression expression : expressions) {
			if (expression.index() >= before) return before;
			count(expression.weight());
			if (matches(expression, name)) return expression.index();
		}
		return before;
	}

	private boolean matches(final Expression expression, final String name) {
		try {
			return expression.pattern().matcher(new Counted(name, expression.weight())).lookingAt();
		}
		catch (final StackOverflowError e) {
			// Java's expressions call themselves for each turn of some loops.
			throw new TooMuchWorkException();
		}
	}

	private void count(final long more) {
		steps += more;
		if (steps > LIMIT) throw new TooMuchWorkException();
	}

	boolean isEmpty() {
		return values.isEmpty();
	}
}
