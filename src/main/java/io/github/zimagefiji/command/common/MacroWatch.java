
package io.github.zimagefiji.command.common;

import java.util.Timer;
import java.util.TimerTask;

import org.scijava.Cancelable;

/**
 * Cancels a command when ImageJ stops the macro that waits for it, by the Escape key or because a
 * program says so, and lets ImageJ know at once: the command may need a while to end.
 */
final class MacroWatch implements AutoCloseable {

	private static final long LOOK_MILLIS = 20;

	/** Null if no macro waits. */
	private final Timer timer;

	/**
	 * Begins to look.
	 *
	 * @param caller of the command; null if nothing waits for it
	 * @param command to cancel
	 */
	MacroWatch(final MacroCall caller, final Cancelable command) {
		timer = caller == null ? null : new Timer("Z-Image: macro", true);
		if (timer != null) timer.schedule(new TimerTask() {

			@Override
			public void run() {
				if (!caller.isAborted()) return;
				cancel();
				caller.release();
				command.cancel(null);
			}
		}, LOOK_MILLIS, LOOK_MILLIS);
	}

	@Override
	public void close() {
		if (timer != null) timer.cancel();
	}
}
