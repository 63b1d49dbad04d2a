
package io.github.zimagefiji.cli.program;

import java.io.PrintWriter;
import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.JavaMemoryException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Runs a command in this process; whatever goes wrong becomes one sentence and one of the
 * {@link ExitCode}s.
 */
public final class Execution {

	private Execution() {
		// only static methods
	}

	/**
	 * Runs a command.
	 *
	 * @param command with its subcommands, if it has any
	 * @param args as on the command line, without the program's name
	 * @return one of the {@link ExitCode}s
	 */
	public static int of(final CommandLine command, final String[] args, final Session session) {
		command.setOut(session.out()).setErr(session.err());
		command.setExecutionExceptionHandler(Execution::failed);
		command.setParameterExceptionHandler(Execution::refused);
		command.setUsageHelpWidth(100);
		// A prompt may begin with @, which picocli would take for the name of a
		// file with arguments.
		command.setExpandAtFiles(false);
		try {
			return command.execute(args);
		}
		catch (final OutOfMemoryError | StackOverflowError | LinkageError e) {
			return report(e, session.err(), List.of(args).contains("--debug"));
		}
		finally {
			session.out().flush();
			session.err().flush();
		}
	}

	private static int failed(final Exception failure, final CommandLine command,
		final ParseResult parsed)
	{
		final boolean debug = parsed.asCommandLineList().stream()
			.anyMatch(line -> line.getParseResult().hasMatchedOption("--debug"));
		return report(failure, command.getErr(), debug);
	}

	private static int refused(final ParameterException failure, final String[] args) {
		final CommandLine command = failure.getCommandLine();
		final PrintWriter err = command.getErr();
		err.println("zimage: " + failure.getMessage());
		UnmatchedArgumentException.printSuggestions(failure, err);
		err.println(
			"'" + command.getCommandSpec().qualifiedName() + " --help' lists what can be given.");
		return ExitCode.BAD_INPUT;
	}

	/** Writes the sentence; with {@code debug} also where it happened. */
	static int report(final Throwable failure, final PrintWriter err, final boolean debug) {
		err.println("zimage: " + sentence(failure));
		if (debug) writeTrace(failure, err);
		if (failure instanceof InvalidInputException) return ExitCode.BAD_INPUT;
		return failure instanceof RunCanceledException ? ExitCode.CANCELED : ExitCode.FAILED;
	}

	private static String sentence(final Throwable failure) {
		if (failure instanceof ZImageException) return failure.getMessage();
		if (failure instanceof OutOfMemoryError memory)
			return new JavaMemoryException(memory).getMessage();
		return "Something unexpected went wrong (" + failure +
			"). Please report it with what --debug prints.";
	}

	private static void writeTrace(final Throwable failure, final PrintWriter err) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			err.println(cause);
			for (final StackTraceElement element : cause.getStackTrace()) {
				err.println("\tat " + element);
			}
		}
	}
}
