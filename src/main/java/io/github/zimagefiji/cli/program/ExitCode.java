
package io.github.zimagefiji.cli.program;

/** What the program tells the shell. */
public final class ExitCode {

	/** Everything asked for was made. */
	public static final int SUCCESS = 0;
	/**
	 * The command line, a file or the model cannot be used; nothing was computed.
	 */
	public static final int BAD_INPUT = 2;
	/** The run failed. */
	public static final int FAILED = 3;
	/** The doctor found something that is wrong. */
	public static final int WRONG = 4;
	/**
	 * The run was stopped by a signal, such as Ctrl-C; the number that shells use for it.
	 */
	public static final int CANCELED = 130;

	private ExitCode() {
		// only constants
	}
}
