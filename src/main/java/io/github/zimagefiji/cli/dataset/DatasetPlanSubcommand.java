
package io.github.zimagefiji.cli.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code zimage dataset plan}: what every item would be; no model is opened.
 */
@Command(name = "plan", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Prints what every item of a recipe would be, one line for each, with tabs: index, name, split, group, " +
		"source, seed of the labels, seed of the first image, prompt, negative prompt, colour.")
final class DatasetPlanSubcommand implements Callable<Integer> {

	private final Session session;

	@Parameters(paramLabel = "RECIPE", description = "The recipe: YAML or JSON.")
	private Path recipe;

	@SuppressWarnings("unused") // read by Execution
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	DatasetPlanSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		try {
			Plan.of(RecipeReader.read(recipe)).write(session.out());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e); // a PrintWriter throws none
		}
		return ExitCode.SUCCESS;
	}
}
