
package io.github.zimagefiji.dataset.folder;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lines of comma-separated values (RFC 4180, with plain line feeds). */
final class Csv {

	private Csv() {
		// only line()
	}

	/** One line, with its end. */
	static String line(final Collection<String> values) {
		return values.stream().map(Csv::quoted).collect(Collectors.joining(",")) + "\n";
	}

	private static String quoted(final String value) {
		return value.matches("[^\",\\r\\n]*") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
	}
}
