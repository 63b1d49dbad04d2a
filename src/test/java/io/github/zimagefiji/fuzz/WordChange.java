
package io.github.zimagefiji.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Changes a text by its words and what stands between them. */
final class WordChange {

	private static final Pattern WORD = Pattern.compile("\\w++|\\s++|.", Pattern.DOTALL);
	private static final int MOST_CHANGES = 4;
	/** Twice repeated, an input would fill the memory before any parser's. */
	private static final int LONGEST = 4_000_000;

	private final Random random;
	private final Hostile hostile;

	WordChange(final Random random) {
		this.random = random;
		hostile = new Hostile(random);
	}

	/** A changed text. */
	String change(final String text) {
		final List<String> words = new ArrayList<>();
		final Matcher matcher = WORD.matcher(text);
		while (matcher.find())
			words.add(matcher.group());
		final int changes = 1 + random.nextInt(MOST_CHANGES);
		for (int i = 0; i < changes && !words.isEmpty(); i++) {
			final int at = random.nextInt(words.size());
			switch (random.nextInt(8)) {
				case 0, 1 -> words.set(at, hostile.number());
				case 2 -> words.set(at, hostile.text());
				case 3 -> words.remove(at);
				case 4 -> words.add(at, words.get(random.nextInt(words.size())));
				case 5 -> words.set(at, words.get(at)
					.repeat(Math.min(hostile.times(), 1 + LONGEST / (1 + words.get(at).length()))));
				case 6 -> words.add(at, "[]{}()<>=:;,|'\"\\/\n\t ".charAt(random.nextInt(20)) + "");
				default -> words.subList(at, words.size()).clear();
			}
		}
		return String.join("", words);
	}
}
