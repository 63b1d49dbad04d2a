
package io.github.zimagefiji;

import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.request.Stage;

/**
 * Where a long operation reports to, and asks whether it should go on.
 * <p>
 * All methods are called on the thread that does the work, between transformer blocks and between
 * tiles; they should return quickly.
 * </p>
 */
public interface Progress {

	/** Reports nowhere and is never cancelled; for tests and short scripts. */
	Progress NONE = new Progress() {

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			// nobody listens
		}

		@Override
		public boolean isCanceled() {
			return false;
		}
	};

	/**
	 * Tells how far the whole run has come.
	 *
	 * @param stage what is being done
	 * @param fraction work done of the whole run, 0 to 1, never decreasing within one run
	 * @param message what a status line adds to the stage's label, such as "step 3 of 8"; may be
	 *          empty
	 */
	void update(Stage stage, double fraction, String message);

	/**
	 * Whether the user no longer wants the result. Once true, it stays true.
	 */
	boolean isCanceled();

	/**
	 * Whether {@link #preview} is of use; asked once, when a run begins. Otherwise no preview is
	 * computed.
	 */
	default boolean wantsPreviews() {
		return false;
	}

	/**
	 * Shows what an image is going to be; called after each step, if {@link #wantsPreviews()} and if
	 * there is a way to tell colours from the latents of the model's autoencoder.
	 *
	 * @param preview belongs to the receiver
	 */
	default void preview(final Preview preview) {
		// most listeners show no pictures
	}

	/**
	 * Ends the work if it is no longer wanted.
	 *
	 * @throws RunCanceledException if {@link #isCanceled()}
	 */
	default void checkCanceled() {
		if (isCanceled()) throw new RunCanceledException();
	}
}
