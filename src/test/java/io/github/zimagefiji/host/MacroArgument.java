
package io.github.zimagefiji.host;

import java.util.LinkedList;

import org.scijava.console.AbstractConsoleArgument;

import ij.IJ;

/**
 * {@code -macro FILE [ARGUMENT] [-batch]} on the command line, as Fiji has it: the macro runs on
 * the thread that reads the command line, and nobody asks what became of it.
 */
public final class MacroArgument extends AbstractConsoleArgument {

	@Override
	public boolean supports(final LinkedList<String> args) {
		return args.size() > 1 && "-macro".equals(args.get(0));
	}

	@Override
	public void handle(final LinkedList<String> args) {
		args.removeFirst();
		final String file = args.removeFirst();
		final String argument = args.isEmpty() ? "" : args.removeFirst();
		final boolean batch = args.remove("-batch");
		final Thread thread = Thread.currentThread();
		final String name = thread.getName();
		// ImageJ looks for options, and ends macros, on threads with such names
		thread.setName("Run$_" + name + "Macro$");
		try {
			IJ.runMacroFile(file, argument);
		}
		finally {
			thread.setName(name);
		}
		if (!batch) return;
		context().dispose();
		System.exit(0);
	}
}
