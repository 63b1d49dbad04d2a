
package io.github.zimagefiji.cli.program;

import java.io.PrintWriter;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.JavaMemoryException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns what went wrong into one sentence on standard error and an exit code.
 */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

	@Override
	public int handleExecutionException(final Exception failure, final CommandLine command,
		final ParseResult parsed)
	{
		final boolean debug = parsed.asCommandLineList().stream()
			.anyMatch(line -> line.getParseResult().hasMatchedOption("--debug"));
		return report(failure, command.getErr(), debug);
	}

	@Override
	public int handleParseException(final ParameterException failure, final String[] args) {
		final CommandLine command = failure.getCommandLine();
		final PrintWriter err = command.getErr();
		err.println("zimage: " + failure.getMessage());
		UnmatchedArgumentException.printSuggestions(failure, err);
		err.println(
			"'" + command.getCommandSpec().qualifiedName() + " --help' lists what can be given.");
		return ExitCode.BAD_INPUT;
	}

	/** Writes the sentence; with {@code debug} also where it happened. */
	int report(final Throwable failure, final PrintWriter err, final boolean debug) {
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
