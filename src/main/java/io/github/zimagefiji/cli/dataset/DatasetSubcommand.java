
package io.github.zimagefiji.cli.dataset;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.zimagefiji.Host;
import io.github.zimagefiji.cli.program.ComputeChoice;
import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.dataset.DatasetRun;
import io.github.zimagefiji.dataset.DryRun;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.pipeline.host.LocalHost;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zimage dataset}: images with labels, by a recipe. */
@Command(name = "dataset", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false, description = "Makes a synthetic dataset by a recipe.",
	synopsisSubcommandLabel = "",
	footer = { "", "Examples:", "  zimage dataset nuclei.yaml --dry-run",
		"  zimage dataset nuclei.yaml --output nuclei",
		"  zimage dataset nuclei.yaml --output nuclei --resume",
		"  zimage dataset nuclei.yaml --output part1 --shard 1/4",
		"  zimage dataset merge --output nuclei part1 part2 part3 part4" })
public final class DatasetSubcommand implements Callable<Integer> {

	private final Session session;

	@Spec
	private CommandSpec spec;

	@Parameters(paramLabel = "RECIPE", arity = "0..1", description = "The recipe: YAML or JSON.")
	private Path recipe;

	@Option(names = "--output", paramLabel = "DIR",
		description = "The dataset's folder: a new or empty one.")
	private Path output;

	@Option(names = "--dry-run",
		description = "Print what would be made, how long it takes and how much disk it needs.")
	private boolean dryRun;

	@Option(names = "--resume",
		description = "Go on with what a stopped run has left in the output folder.")
	private boolean resume;

	@Option(names = "--shard", paramLabel = "I/N", defaultValue = "1/1",
		description = "Make only the I-th of N parts, for cluster arrays; 'zimage dataset merge' puts them together.")
	private String shard;

	@Option(names = "--allow-segmentation-command",
		description = "Let the recipe start the program that it names to segment images. Only for recipes that you trust.")
	private boolean commandAllowed;

	@Mixin
	private ComputeChoice compute;

	@Option(names = "--quiet", description = "Print nothing but warnings and errors.")
	private boolean quiet;

	@SuppressWarnings("unused") // read by Execution
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	DatasetSubcommand(final Session session) {
		this.session = session;
	}

	/** The command with those below it. */
	public static CommandLine of(final Session session) {
		return new CommandLine(new DatasetSubcommand(session))
			.addSubcommand(new DatasetMergeSubcommand(session))
			.addSubcommand(new DatasetPlanSubcommand(session));
	}

	@Override
	public Integer call() {
		if (recipe == null)
			throw new ParameterException(spec.commandLine(), "Name a recipe, such as nuclei.yaml.");
		if (output == null && !dryRun) throw new ParameterException(spec.commandLine(),
			"Name the dataset's folder with --output, or give --dry-run.");
		final Shard part = Shard.parse(shard);
		final Recipe read = RecipeReader.read(recipe);
		try (Host host = new LocalHost();
				ProgressPrinter progress = new ProgressPrinter(session, quiet))
		{
			if (dryRun) new DryRun(read, host, compute.options()).lines(part, progress)
				.forEach(session.out()::println);
			else make(read, host, part, progress);
		}
		return ExitCode.SUCCESS;
	}

	private void make(final Recipe read, final Host host, final Shard part,
		final ProgressPrinter progress)
	{
		final DatasetRun run = new DatasetRun(read, output, host, compute.options());
		if (commandAllowed) run.allowSegmentationCommand();
		final int made =
			run.run(resume, part, progress, sentence -> session.err().println("zimage: " + sentence));
		progress.close();
		if (quiet) return;
		session.out().println("Made " + made + " of " + read.items() + " items in " + output + ".");
		session.out().println(part.equals(Shard.ALL) ? "Report: " + output.resolve("report.html")
			: "This is shard " + shard + "; 'zimage dataset merge' puts all together.");
	}
}
