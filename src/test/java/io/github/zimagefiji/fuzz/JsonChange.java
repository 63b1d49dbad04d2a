
package io.github.zimagefiji.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes JSON as a row of words, of which brackets belong together; so what is no JSON any more
 * can be changed again.
 */
final class JsonChange {

	private static final Pattern WORD = Pattern
		.compile("\"(?:[^\"\\\\]|\\\\.)*+\"|[\\[\\]{},:]|[^\\s\\[\\]{},:\"]++|\"", Pattern.DOTALL);
	private static final int MOST_CHANGES = 3;
	private static final int MOST_LENGTH = 300_000;

	private final Random random;
	private final Hostile hostile;
	private List<String> words = new ArrayList<>();

	JsonChange(final Random random) {
		this.random = random;
		hostile = new Hostile(random);
	}

	/** A changed text. */
	String change(final String json) {
		final Matcher matcher = WORD.matcher(json);
		while (matcher.find())
			words.add(matcher.group());
		final int changes = 1 + random.nextInt(MOST_CHANGES);
		for (int i = 0; i < changes && !words.isEmpty(); i++)
			changeOnce();
		final String joined = String.join(random.nextInt(8) == 0 ? " " : "", words);
		return joined.length() > MOST_LENGTH ? json : joined;
	}

	private void changeOnce() {
		final int at = random.nextInt(words.size());
		final int end = end(at);
		switch (random.nextInt(12)) {
			case 0, 1, 2, 3, 4 -> replace(at, end, hostile.json());
			case 5 -> {
				final int from = random.nextInt(words.size());
				replaceAll(at, end, List.copyOf(words.subList(from, end(from))));
			}
			case 6 -> replaceAll(at, end, List.of());
			case 7 -> {
				final List<String> copy = new ArrayList<>(words.subList(at, end));
				copy.add(0, ",");
				words.addAll(end, copy);
			}
			case 8 -> member(at);
			case 9 -> words.add(at, hostile.json());
			case 10 -> replace(at, at + 1, "{}[],:\"".charAt(random.nextInt(7)) + "");
			default -> {
				final int count = random.nextInt(words.size());
				words = new ArrayList<>(words.subList(0, count));
			}
		}
	}

	/** Puts members into an object, if there is one from here on. */
	private void member(final int at) {
		final int open = words.subList(at, words.size()).indexOf("{");
		if (open < 0) return;
		final StringBuilder members = new StringBuilder();
		final int count = random.nextInt(3) > 0 ? 1 : hostile.times();
		for (int i = 0; i < count; i++)
			members.append(Hostile.quoted(random.nextBoolean() ? hostile.text() : "k" + i)).append(':')
				.append(count > 1 ? "1" : hostile.json()).append(',');
		words.add(at + open + 1, members.toString());
	}

	private void replace(final int from, final int to, final String value) {
		replaceAll(from, to, List.of(value));
	}

	private void replaceAll(final int from, final int to, final List<String> with) {
		final List<String> all = new ArrayList<>(words.subList(0, from));
		all.addAll(with);
		all.addAll(words.subList(to, words.size()));
		words = all;
	}

	/** Where the value ends that begins here. */
	private int end(final int at) {
		int open = 0;
		for (int i = at; i < words.size(); i++) {
			final String word = words.get(i);
			if (word.equals("{") || word.equals("[")) open++;
			if (word.equals("}") || word.equals("]")) open--;
			if (open <= 0) return i + 1;
		}
		return at + 1;
	}
}
