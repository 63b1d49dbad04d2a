
package io.github.zimagefiji.command.common;

import org.scijava.ui.UIService;

import ij.macro.Interpreter;

/**
 * Whether the user looks at this Fiji, or a script alone waits for what comes out.
 */
public final class HeadlessState {

	private HeadlessState() {
		// only static methods
	}

	/** Whether a window could be shown; may be asked without a screen. */
	public static boolean seesWindows(final UIService ui) {
		return ui != null && !ui.isHeadless() && ui.getDefaultUI() != null && ui.isVisible();
	}

	/**
	 * Whether a message would be read. In ImageJ's batch mode a macro must stop with an error
	 * instead.
	 */
	public static boolean readsMessages(final UIService ui) {
		return seesWindows(ui) && !Interpreter.isBatchMode();
	}
}
