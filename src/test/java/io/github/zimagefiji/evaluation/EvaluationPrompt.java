
package io.github.zimagefiji.evaluation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A prompt that training never saw, and what a picture of it must show.
 *
 * @param language {@code en} or {@code zh}
 * @param count how many objects; null where only a density was asked for
 * @param shape {@code round} or {@code elongated}; empty unless nuclei
 */
record EvaluationPrompt(int index, String language, long seed, String kind, String colour,
		Integer count, String shape, String text)
{

	/**
	 * All 300 of {@code src/test/resources/built-in/prompts.tsv}, in their order.
	 */
	static List<EvaluationPrompt> all() {
		final List<EvaluationPrompt> result = new ArrayList<>();
		for (final String[] cells : table("prompts.tsv")) {
			result.add(new EvaluationPrompt(Integer.parseInt(cells[0]), cells[1],
				Long.parseLong(cells[2]), cells[3], cells[4],
				cells[5].isEmpty() ? null : Integer.valueOf(cells[5]), cells[6], cells[7]));
		}
		return result;
	}

	/** The rows of a table beside the prompts, without its heading. */
	static List<String[]> table(final String name) {
		try {
			return Files.readAllLines(file(name)).stream().skip(1).map(line -> line.split("\t", -1))
				.toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** A file of {@code src/test/resources/built-in}. */
	static Path file(final String name) {
		try {
			return Path.of(EvaluationPrompt.class.getResource("/built-in/" + name).toURI());
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}
}
