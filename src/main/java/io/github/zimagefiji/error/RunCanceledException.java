
package io.github.zimagefiji.error;

/**
 * The run was cancelled by the user; everything it held has been released.
 */
public class RunCanceledException extends ZImageException {

	private static final long serialVersionUID = 1L;

	public RunCanceledException() {
		this("The run was cancelled.");
	}

	/** With what is left of the run. */
	public RunCanceledException(final String message) {
		super(message);
	}
}
