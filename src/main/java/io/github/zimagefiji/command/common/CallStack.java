
package io.github.zimagefiji.command.common;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.scijava.thread.ThreadService;

import ij.IJ;
import ij.ImageJ;
import ij.macro.Interpreter;

/**
 * The thread that called a command and waits for it, and what can be told from the methods that it
 * is in. Names of threads do not tell that: those of a pool keep the name that a macro gave them.
 */
record CallStack(Thread thread, List<StackTraceElement> frames, List<StackTraceElement> ancestors) {

	private static final String FUNCTIONS = "ij.macro.Functions";
	private static final String CONSOLE = "org.scijava.console.DefaultConsoleService";
	private static final String SCRIPT = "org.scijava.script.ScriptModule";
	private static final String MACRO_SCRIPT = "net.imagej.legacy.plugin.IJ1MacroEngine";

	/**
	 * Looks at what called the command on this thread.
	 *
	 * @param threads knows which thread started which
	 */
	static CallStack ofCaller(final ThreadService threads) {
		final Thread parent = threads.getParent(Thread.currentThread());
		final Thread caller = parent == null ? Thread.currentThread() : parent;
		final List<StackTraceElement> all = new ArrayList<>();
		final List<Thread> seen = new ArrayList<>();
		for (Thread each = caller; each != null && !seen.contains(each); each =
			threads.getParent(each))
		{
			seen.add(each);
			all.addAll(List.of(each.getStackTrace()));
		}
		return new CallStack(caller, List.of(caller.getStackTrace()), all);
	}

	/** Whether {@code IJ.run} waits for the command. */
	boolean isRunByImageJ() {
		return frames.stream().anyMatch(frame -> isIn(frame, IJ.class.getName(), "run"));
	}

	/** Whether a macro runs there, which may have called a script. */
	boolean isMacro() {
		return frames.stream()
			.anyMatch(frame -> frame.getClassName().equals(Interpreter.class.getName()));
	}

	/** Whether the macro was called by another one. */
	boolean isNested() {
		return frames.stream().anyMatch(frame -> isIn(frame, FUNCTIONS, "runMacro"));
	}

	/**
	 * Whether this process works on its command line, without ImageJ's windows, and ends when the
	 * macro that is named there has run. A script that is named there decides by itself what an error
	 * means.
	 */
	boolean isCommandLine() {
		return IJ.getInstance() == null &&
			ancestors.stream()
				.anyMatch(frame -> isIn(frame, CONSOLE, "processArgs") ||
					isIn(frame, ImageJ.class.getName(), "main")) &&
			(!isOf(SCRIPT) || isOf(MACRO_SCRIPT)) && !isToGoOn();
	}

	private boolean isOf(final String className) {
		return ancestors.stream().anyMatch(frame -> frame.getClassName().equals(className));
	}

	private static boolean isIn(final StackTraceElement frame, final String className,
		final String method)
	{
		return frame.getClassName().equals(className) && frame.getMethodName().equals(method);
	}

	/** Whether the command line says that the process must not end. */
	private static boolean isToGoOn() {
		return Stream
			.concat(Stream.of(ProcessHandle.current().info().arguments().orElse(new String[0])),
				Stream.of(System.getProperty("sun.java.command", "").split(" ")))
			.anyMatch("-batch-no-exit"::equals);
	}
}
