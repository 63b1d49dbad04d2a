
package io.github.zimagefiji.cli.program;

import java.util.List;

import picocli.CommandLine;

/**
 * Runs a command in this process; whatever goes wrong becomes one sentence and one of the
 * {@link ExitCode}s.
 */
public final class Execution {

	private Execution() {
		// only of()
	}

	/**
	 * Runs a command.
	 *
	 * @param command with its subcommands, if it has any
	 * @param args as on the command line, without the program's name
	 * @return one of the {@link ExitCode}s
	 */
	public static int of(final CommandLine command, final String[] args, final Session session) {
		final Failures failures = new Failures();
		command.setOut(session.out()).setErr(session.err());
		command.setExecutionExceptionHandler(failures).setParameterExceptionHandler(failures);
		command.setUsageHelpWidth(100);
		// A prompt may begin with @, which picocli would take for the name of a
		// file with arguments.
		command.setExpandAtFiles(false);
		try {
			return command.execute(args);
		}
		catch (final OutOfMemoryError | StackOverflowError | LinkageError e) {
			return failures.report(e, session.err(), List.of(args).contains("--debug"));
		}
		finally {
			session.out().flush();
			session.err().flush();
		}
	}
}
