
package io.github.zimagefiji.cli.models;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of text in columns of equal width, two blanks between them; the last column is as long as it
 * is.
 */
final class TextTable {

	private final List<List<String>> rows = new ArrayList<>();

	/** @param titles of the columns */
	TextTable(final String... titles) {
		rows.add(List.of(titles));
	}

	/** @param cells one for each column */
	void add(final String... cells) {
		rows.add(List.of(cells));
	}

	/** The lines, the titles first. */
	List<String> lines() {
		return rows.stream().map(this::line).toList();
	}

	private String line(final List<String> row) {
		final StringBuilder line = new StringBuilder();
		for (int column = 0; column < row.size(); column++) {
			line.append(row.get(column));
			if (column < row.size() - 1)
				line.append(" ".repeat(width(column) - row.get(column).length() + 2));
		}
		return line.toString();
	}

	private int width(final int column) {
		return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
	}
}
