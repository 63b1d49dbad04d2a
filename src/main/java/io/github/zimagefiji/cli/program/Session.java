
package io.github.zimagefiji.cli.program;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where one call of the program writes to, and how it is stopped.
 *
 * @param out what was asked for
 * @param err progress, warnings and errors
 * @param terminal whether {@code err} is a terminal, where a line can be written over
 * @param cancellation tells whether to stop
 */
public record Session(PrintWriter out, PrintWriter err, boolean terminal,
		Cancellation cancellation)
{

	/**
	 * Set by the launcher, which knows better than Java 17 whether standard error is a terminal.
	 */
	private static final String TERMINAL_PROPERTY = "zimage.terminal";

	/** The streams of this process, in UTF-8. */
	public static Session ofProcess(final Cancellation cancellation) {
		return new Session(utf8(FileDescriptor.out), utf8(FileDescriptor.err), isTerminal(),
			cancellation);
	}

	private static PrintWriter utf8(final FileDescriptor descriptor) {
		return new PrintWriter(
			new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8), true);
	}

	@SuppressWarnings("SystemConsoleNull") // that is what it asks about
	private static boolean isTerminal() {
		final String told = System.getProperty(TERMINAL_PROPERTY);
		if (told != null) return Boolean.parseBoolean(told);
		final Console console = System.console();
		try {
			// Java 22 to 24 have a console for pipes and files too
			return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
		}
		catch (final ReflectiveOperationException e) {
			return true;
		}
	}
}
