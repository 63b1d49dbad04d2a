
package io.github.zimagefiji.host;

/** A macro stopped; the message is what ImageJ would say in its dialog. */
public final class MacroFailedException extends Exception {

	private static final long serialVersionUID = 1;

	MacroFailedException(final String message) {
		super(message);
	}
}
