
package io.github.zimagefiji.evaluation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Shares of right answers over many pictures, beside those of the best constant answer.
 */
final class Scores {

	private static final int LARGEST_COUNT = 6;

	private record Row(EvaluationPrompt asked, PictureAnalysis found) {}

	private final List<Row> rows = new ArrayList<>();

	void add(final EvaluationPrompt asked, final PictureAnalysis found) {
		rows.add(new Row(asked, found));
	}

	double colour() {
		return share(r -> true, r -> r.found.colour().equals(r.asked.colour()));
	}

	/** Of the pictures of one kind, those whose kind is right. */
	double kind(final String kind) {
		return share(r -> r.asked.kind().equals(kind), r -> r.found.kind().equals(kind));
	}

	double shape() {
		return share(r -> !r.asked.shape().isEmpty(),
			r -> r.found.elongated() == r.asked.shape().equals("elongated"));
	}

	/**
	 * Of the pictures of one to six nuclei, those with at most one more or less.
	 */
	double countWithinOne() {
		return share(Scores::isCounted, r -> Math.abs(r.found.count() - r.asked.count()) <= 1);
	}

	/** Of the pictures of one to six nuclei, those with exactly as many. */
	double countExact() {
		return share(Scores::isCounted, r -> r.found.count() == r.asked.count());
	}

	/** The scores of one language only. */
	Scores of(final String language) {
		final Scores result = new Scores();
		rows.stream().filter(r -> r.asked.language().equals(language)).forEach(result.rows::add);
		return result;
	}

	/** All scores by name, each with the best constant answer's. */
	String table() {
		final StringBuilder text =
			new StringBuilder("| score | share | best constant answer |\n|---|---:|---:|\n");
		line(text, "colour", colour(), baseline(r -> true, r -> r.asked.colour()));
		for (final String kind : new String[] { "nuclei", "spots", "filaments" }) {
			line(text, "kind of " + kind, kind(kind), baseline(r -> true, r -> r.asked.kind()));
		}
		line(text, "shape", shape(), baseline(r -> !r.asked.shape().isEmpty(), r -> r.asked.shape()));
		line(text, "count within one (1 to 6 nuclei)", countWithinOne(),
			IntStream.rangeClosed(1, LARGEST_COUNT)
				.mapToDouble(n -> share(Scores::isCounted, r -> Math.abs(n - r.asked.count()) <= 1)).max()
				.getAsDouble());
		line(text, "count exact (1 to 6 nuclei)", countExact(),
			baseline(Scores::isCounted, r -> r.asked.count().toString()));
		return text.toString();
	}

	private static void line(final StringBuilder text, final String name, final double score,
		final double baseline)
	{
		text.append(String.format(Locale.ROOT, "| %s | %.3f | %.3f |%n", name, score, baseline));
	}

	private static boolean isCounted(final Row row) {
		return row.asked.kind().equals("nuclei") && row.asked.count() <= LARGEST_COUNT;
	}

	private double share(final Predicate<Row> of, final Predicate<Row> right) {
		return rows.stream().filter(of).mapToInt(r -> right.test(r) ? 1 : 0).average()
			.orElse(Double.NaN);
	}

	private double baseline(final Predicate<Row> of, final Function<Row, String> truth) {
		final Map<String, Integer> counts = new TreeMap<>();
		rows.stream().filter(of).forEach(r -> counts.merge(truth.apply(r), 1, Integer::sum));
		return Collections.max(counts.values()) /
			(double) counts.values().stream().mapToInt(Integer::intValue).sum();
	}
}
