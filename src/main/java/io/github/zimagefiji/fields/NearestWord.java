
package io.github.zimagefiji.fields;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses which word a misspelt one stands for. */
public final class NearestWord {

	/** Nobody misspells a word by so much. */
	private static final int LONGEST = 200;

	private NearestWord() {
		// only static methods
	}

	/**
	 * {@code " Did you mean X?"} with a leading space; empty if nothing is near.
	 */
	public static String question(final String word, final Collection<String> known) {
		return of(word, known).map(near -> " Did you mean " + near + "?").orElse("");
	}

	/**
	 * The known word that takes the fewest changes, if these are no more than a third of the letters.
	 */
	public static Optional<String> of(final String word, final Collection<String> known) {
		if (word.length() > LONGEST) return Optional.empty();
		return known.stream().min(Comparator.comparingInt(each -> changes(word, each))).filter(
			near -> changes(word, near) <= Math.max(1, Math.min(word.length(), near.length()) / 3));
	}

	/**
	 * Letters to insert, delete, replace or swap with their neighbour (optimal string alignment),
	 * whatever their case.
	 */
	private static int changes(final String one, final String other) {
		final String a = one.toLowerCase(Locale.ROOT);
		final String b = other.toLowerCase(Locale.ROOT);
		final int[][] d = new int[a.length() + 1][b.length() + 1];
		for (int i = 0; i <= a.length(); i++) {
			for (int j = 0; j <= b.length(); j++) {
				d[i][j] = i == 0 || j == 0 ? i + j : Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1,
					d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1));
				if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) &&
					a.charAt(i - 2) == b.charAt(j - 1)) d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
			}
		}
		return d[a.length()][b.length()];
	}
}
