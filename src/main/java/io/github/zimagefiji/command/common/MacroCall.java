
package io.github.zimagefiji.command.common;

import java.lang.reflect.Field;
import java.util.Optional;

import org.scijava.Context;
import org.scijava.thread.ThreadService;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.macro.Interpreter;

/**
 * A call of ImageJ's {@code run(command, options)}, by a macro or a script, that waits for one of
 * our commands to end.
 * <p>
 * Fiji runs the command on a thread of a pool, where ImageJ neither looks for the macro's current
 * image nor expects an error of it. So both are handed over to the thread that called.
 * </p>
 */
public final class MacroCall {

	private final Context context;
	private final CallStack stack;
	/** Null if a script called. */
	private final Interpreter interpreter;
	private boolean released;
	private boolean stopped;

	private MacroCall(final Context context, final CallStack stack, final Interpreter interpreter) {
		this.context = context;
		this.stack = stack;
		this.interpreter = interpreter;
	}

	/**
	 * What called the command that is about to run on this thread.
	 *
	 * @return nothing if that was the menu, or a program that uses the command as SciJava has it
	 */
	public static Optional<MacroCall> ofThisThread(final ThreadService threads) {
		final CallStack stack = CallStack.ofCaller(threads);
		if (!stack.isRunByImageJ()) return Optional.empty();
		return Optional
			.of(new MacroCall(threads.context(), stack, stack.isMacro() ? interpreter() : null));
	}

	/**
	 * The macro that called, of all that may run: ImageJ keeps it where only its own errors see it.
	 */
	private static Interpreter interpreter() {
		try {
			final Object waiting = field().get(null);
			if (waiting != null) return (Interpreter) waiting;
		}
		catch (final ReflectiveOperationException | RuntimeException e) {
			// Another version of ImageJ: the macro that was started last.
		}
		return Interpreter.getInstance();
	}

	private static Field field() throws ReflectiveOperationException {
		final Field field = IJ.class.getDeclaredField("macroInterpreter");
		field.setAccessible(true);
		return field;
	}

	/**
	 * Makes an image the current one of whoever called, as if ImageJ had opened it: in a window, or
	 * without one in batch mode.
	 */
	public void show(final ImagePlus image) {
		image.show();
		// This thread will run other commands next.
		WindowManager.setTempCurrentImage(null);
		final boolean active =
			image.getWindow() != null && image.getWindow() == WindowManager.getCurrentWindow();
		WindowManager.setTempCurrentImage(stack.thread(), active ? null : image);
	}

	/**
	 * Whether ImageJ has stopped the macro meanwhile, as it does when Escape is pressed.
	 */
	boolean isAborted() {
		return interpreter != null && interpreter.done();
	}

	/**
	 * Tells ImageJ that the macro that it has stopped has ended, although its thread still waits for
	 * the command. ImageJ's event thread looks for that for two seconds, and then stops the threads
	 * of all macros by force, which ends with a window that shows a {@link ThreadDeath}.
	 */
	synchronized void release() {
		if (stopped || released) return;
		released = true;
		abort(null);
	}

	/**
	 * Stops whoever called; no further line of a macro runs, and a script's call ends with an
	 * exception. Only the first call counts.
	 *
	 * @param sentence why; null if that is known
	 */
	synchronized void stop(final String sentence) {
		if (stopped) return;
		stopped = true;
		final String text = sentence == null || sentence.isBlank() ? null
			: IJ.getInstance() == null ? sentence : MessageText.broken(sentence);
		if (interpreter == null) {
			if (text != null) IJ.showMessage("Z-Image", text);
		}
		else if (!released) abort(text);
		throwThere();
		if (interpreter != null && stack.isCommandLine()) ProcessEnd.failed(context, stack.isNested());
	}

	/**
	 * On a thread that Fiji knows no caller of: ImageJ shows no dialog where it finds options of a
	 * macro, and Fiji finds those of the calling thread, too.
	 */
	private void abort(final String text) {
		final Thread aside = new Thread(() -> {
			try {
				interpreter.abort(text);
			}
			catch (final RuntimeException e) {
				// ImageJ expects to be on the macro's own thread.
				if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e;
			}
		}, "Z-Image: macro error");
		aside.start();
		try {
			aside.join();
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Lets {@code IJ.run} end with ImageJ's own exception, so that {@code runMacro} gives
	 * "[aborted]". It does so only if no macro is noted as the one that runs.
	 */
	private static void throwThere() {
		try {
			field().set(null, null);
		}
		catch (final ReflectiveOperationException | RuntimeException e) {
			// The macro is stopped all the same.
		}
		try {
			Macro.abort();
		}
		catch (final RuntimeException e) {
			if (!Macro.MACRO_CANCELED.equals(e.getMessage())) throw e;
		}
	}
}
