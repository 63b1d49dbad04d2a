
package io.github.zimagefiji.service;

import java.util.Timer;
import java.util.TimerTask;

import ij.IJ;

/**
 * Remembers that the user pressed Escape. ImageJ forgets it when the next command starts, and a run
 * may be busy for seconds before it asks.
 */
public final class EscapeKey implements AutoCloseable {

	private static final long LOOK_MILLIS = 50;

	private final Timer timer = new Timer("Z-Image: Escape key", true);
	private volatile boolean pressed;

	/** From here on the key counts. */
	public EscapeKey() {
		IJ.resetEscape();
		timer.schedule(new TimerTask() {

			@Override
			public void run() {
				isPressed();
			}
		}, LOOK_MILLIS, LOOK_MILLIS);
	}

	/** Whether the key was pressed since this was made. */
	public boolean isPressed() {
		if (IJ.escapePressed()) pressed = true;
		return pressed;
	}

	/** Stops looking; the key is ImageJ's again. */
	@Override
	public void close() {
		timer.cancel();
	}
}
