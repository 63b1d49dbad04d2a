
package io.github.zimagefiji.spark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.cli.program.ComputeChoice;
import io.github.zimagefiji.cli.program.Execution;
import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.request.ComputeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The program for {@code spark-submit}: {@code zimage dataset} on a cluster.
 */
@Command(name = "spark-submit … zimage-fiji-spark-job.jar", mixinStandardHelpOptions = true,
	versionProvider = ProgramVersion.class, sortOptions = false,
	description = "Makes a synthetic dataset by a recipe, on " +
		"Apache Spark. Recipe, models and output folder must be on a file system that all machines share.",
	footer = { "",
		"Each executor keeps one model and makes one item at a time, with as many threads as it has cores (1 unless --threads " +
			"or spark.task.cpus says otherwise).",
		"",
		"Exit codes: 0 success; 2 the command line, a file or the model cannot be used; 3 the run failed; 130 stopped by a " +
			"signal." })
public final class DatasetJob implements Callable<Integer> {

	private final Session session;

	@Parameters(paramLabel = "RECIPE", description = "The recipe: YAML or JSON.")
	private Path recipe;

	@Option(names = "--output", required = true, paramLabel = "DIR",
		description = "The dataset's folder: a new or empty one on a shared file system.")
	private Path output;

	@Option(names = "--resume",
		description = "Go on with what a stopped run has left in the output folder.")
	private boolean resume;

	@Option(names = "--wait", paramLabel = "SECONDS", defaultValue = "600",
		description = "How long there may be no worker before the run is given up. Default: ${DEFAULT-VALUE}.")
	private long wait;

	@Option(names = "--allow-segmentation-command",
		description = "Let the recipe start the program that it names to segment images, on every worker. Only for recipes " +
			"that you trust.")
	private boolean commandAllowed;

	@Mixin
	private ComputeChoice compute;

	@Option(names = "--quiet", description = "Print nothing but warnings and errors.")
	private boolean quiet;

	@SuppressWarnings("unused") // read by the command line's handler of failures
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	private DatasetJob(final Session session) {
		this.session = session;
	}

	/** Runs the job and ends the process with one of the {@link ExitCode}s. */
	public static void main(final String[] args) {
		System.setProperty("java.awt.headless", "true");
		final Cancellation cancellation = new Cancellation();
		cancellation.listenToSignals();
		final int code = run(args, Session.ofProcess(cancellation));
		cancellation.runEnded(code);
		System.exit(code);
	}

	/** Runs the job inside this process. */
	static int run(final String[] args, final Session session) {
		return Execution.of(new CommandLine(new DatasetJob(session)), args, session);
	}

	@Override
	public Integer call() {
		final Recipe read = RecipeReader.read(recipe);
		final ComputeOptions chosen = compute.options();
		final var conf = JobSettings.of(Math.max(1, chosen.threads()));
		final int threads = chosen.threads() > 0 ? chosen.threads() : conf.getInt("spark.task.cpus", 1);
		final SparkRun run =
			new SparkRun(read, output, new ComputeOptions(chosen.device(), chosen.precision(), threads));
		if (commandAllowed) run.allowSegmentationCommand();
		final int made;
		try (ProgressPrinter progress = new ProgressPrinter(session, quiet)) {
			made = run.run(resume, conf, Duration.ofSeconds(wait), progress,
				sentence -> session.err().println("zimage: " + sentence));
		}
		if (!quiet) session.out().println("Made " + made + " of " + read.items() + " items in " +
			output + ".\nReport: " + output.resolve("report.html"));
		return ExitCode.SUCCESS;
	}
}
