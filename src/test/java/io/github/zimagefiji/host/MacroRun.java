
package io.github.zimagefiji.host;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import ij.macro.Interpreter;

/** Runs macros as ImageJ does, but with a failure as an exception. */
final class MacroRun {

	/**
	 * ImageJ ends a macro, and finds its options, only on a thread of its own with such a name.
	 */
	private static final String THREAD = "Run$_Macro$";

	private final Interpreter interpreter = new Interpreter();
	private final FutureTask<String> end;

	private MacroRun(final String macro, final String argument) {
		end = new FutureTask<>(() -> interpreter.run(macro, argument));
		new Thread(end, THREAD).start();
	}

	/** Starts a macro, for a person to do something in the meantime. */
	static MacroRun start(final String macro, final String argument) {
		return new MacroRun(macro, argument);
	}

	/**
	 * Runs a macro to its end.
	 *
	 * @param macro its text
	 * @param argument what its {@code getArgument()} gives
	 * @throws MacroFailedException if it stopped, with what ImageJ says of it
	 */
	static void run(final String macro, final String argument)
		throws MacroFailedException, InterruptedException
	{
		start(macro, argument).await();
	}

	/** Waits for its end. */
	void await() throws MacroFailedException, InterruptedException {
		try {
			end.get();
		}
		catch (final ExecutionException e) {
			if (interpreter.getErrorMessage() == null)
				throw new MacroFailedException(e.getCause().toString());
		}
		if (interpreter.wasError()) throw new MacroFailedException(interpreter.getErrorMessage());
	}
}
