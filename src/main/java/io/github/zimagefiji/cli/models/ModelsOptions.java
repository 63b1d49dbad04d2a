
package io.github.zimagefiji.cli.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.store.ModelsFolder;
import io.github.zimagefiji.hub.store.StoredModels;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Option;

/**
 * What all commands about models have in common: where the models are, and how much is said.
 */
final class ModelsOptions {

	@Option(names = "--models", paramLabel = "DIR",
		description = "The folder of models. Default: the one that the Java property zimage.models names; else " +
			"models/z-image in the Fiji folder that this program lies in; else models in the cache folder.")
	private Path models;

	@Option(names = "--quiet",
		description = "Print nothing but what was asked for, warnings and errors.")
	private boolean quiet;

	@SuppressWarnings("unused") // read by Execution
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	/** The folder that new models go into. */
	Path folder() {
		return models == null ? ModelsFolder.all().get(0) : models.toAbsolutePath().normalize();
	}

	/**
	 * What lies in the folder that was named, else in all that are looked into.
	 */
	StoredModels stored() {
		return StoredModels.in(models == null ? ModelsFolder.all() : List.of(folder()));
	}

	/** Shows progress, unless it is not wanted. */
	ProgressPrinter progress(final Session session) {
		return new ProgressPrinter(session, quiet);
	}

	/** Writes what is good to know. */
	void tell(final Session session, final String line) {
		if (quiet) return;
		session.out().println(line);
		// A pipe would otherwise hold it back until the work is done.
		session.out().flush();
	}

	/**
	 * Prints rows of text in columns, two blanks between them, each as wide as its longest text.
	 *
	 * @param rows of as many cells, the titles first
	 */
	static void print(final Session session, final List<String[]> rows) {
		final Column[] columns = IntStream.range(0, rows.get(0).length)
			.mapToObj(i -> new Column(
				rows.stream().mapToInt(row -> row[i].length()).max().orElse(0) + (i == 0 ? 0 : 2),
				i == 0 ? 0 : 2, Overflow.SPAN))
			.toArray(Column[]::new);
		final TextTable table = TextTable.forColumns(Help.defaultColorScheme(Ansi.OFF), columns);
		rows.forEach(table::addRowValues);
		session.out().print(table);
	}

	/**
	 * Finds a constant by the name that the command line has for it, such as {@code turbo}.
	 *
	 * @throws InvalidInputException if there is none
	 */
	static <E extends Enum<E>> E choice(final String option, final String text,
		final List<E> choices)
	{
		return choices.stream().filter(each -> each.name().equals(text.toUpperCase(Locale.ROOT)))
			.findFirst()
			.orElseThrow(() -> new InvalidInputException(
				"The value of " + option + " is \"" + text + "\"; it must be one of " +
					choices.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).toList() + "."));
	}
}
