package io.github.zimagefiji.host;

import ij.macro.Interpreter;

/** Runs macros as ImageJ does, but with a failure as an exception. */
final class MacroRun {

	private MacroRun() {
		// only run()
	}

	/**
	 * Runs a macro to its end.
	 *
	 * @param macro its text
	 * @param argument what its {@code getArgument()} gives
	 * @throws MacroFailedException if it stopped, with what ImageJ says of it
	 */
	static void run(final String macro, final String argument) throws MacroFailedException {
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		// ImageJ ends a macro only on threads with such names
		thread.setName("Host Macro$");
		final Interpreter interpreter = new Interpreter();
		try {
			interpreter.run(macro, argument);
		}
		catch (final RuntimeException e) {
			if (interpreter.getErrorMessage() == null) throw new MacroFailedException(e.getMessage());
		}
		finally {
			thread.setName(name);
		}
		if (interpreter.wasError()) throw new MacroFailedException(interpreter.getErrorMessage());
	}
}
