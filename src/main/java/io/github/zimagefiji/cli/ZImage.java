
package io.github.zimagefiji.cli;

import java.io.PrintWriter;
import java.util.List;

import io.github.zimagefiji.cli.dataset.DatasetSubcommand;
import io.github.zimagefiji.cli.generate.GenerateSubcommand;
import io.github.zimagefiji.cli.models.ModelsSubcommand;
import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.cli.program.Execution;
import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.request.Task;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line; {@code scripts/zimage} starts it. */
@Command(name = "zimage", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	description = "Makes images from text, and changes images, with the Z-Image models, on this machine.",
	synopsisSubcommandLabel = "COMMAND",
	footer = { "", "'zimage COMMAND --help' explains one command.", "",
		"Exit codes: 0 success; 2 the command line, a file or the model cannot be used; 3 the run failed; " +
			"4 doctor found something wrong; 130 stopped by a signal." })
public final class ZImage implements Runnable {

	@Spec
	private CommandSpec spec;

	private ZImage() {
		// made by main and run
	}

	/**
	 * Runs the program and ends the process with one of the {@link ExitCode}s.
	 */
	public static void main(final String[] args) {
		final Cancellation cancellation = new Cancellation();
		cancellation.listenToSignals();
		final int code = run(args, Session.ofProcess(cancellation));
		cancellation.runEnded(code);
		System.exit(code);
	}

	/**
	 * Runs the program inside this process.
	 *
	 * @param args as on the command line, without the program's name
	 * @param out gets what standard output would
	 * @param err gets what standard error would
	 * @return one of the {@link ExitCode}s
	 */
	public static int run(final String[] args, final PrintWriter out, final PrintWriter err) {
		return run(args, new Session(out, err, false, new Cancellation()));
	}

	public static int run(final String[] args, final Session session) {
		final CommandLine commandLine = new CommandLine(new ZImage());
		for (final Task task : Task.values())
			commandLine.addSubcommand(task.label(),
				GenerateSubcommand.of(session, task, List.of(args).contains(task.label())));
		subcommands(session).forEach(commandLine::addSubcommand);
		return Execution.of(commandLine, args, session);
	}

	private static List<Object> subcommands(final Session session) {
		return List.of(ModelsSubcommand.of(session), new EngineSubcommand(session),
			new DoctorSubcommand(session), DatasetSubcommand.of(session));
	}

	/** Called by picocli when no subcommand is named. */
	@Override
	public void run() {
		throw new ParameterException(spec.commandLine(),
			"Name a command: " + String.join(", ", spec.subcommands().keySet()) + ".");
	}
}
