
package io.github.zimagefiji.service;

import io.github.zimagefiji.Preview;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.request.Stage;

/**
 * Cancels a run also when the thread that computes it is interrupted. Who reads a pixel of a series
 * has no other way to change their mind.
 */
final class InterruptibleProgress implements Progress {

	private final Progress progress;
	private volatile boolean canceled;

	InterruptibleProgress(final Progress progress) {
		this.progress = progress;
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		progress.update(stage, fraction, message);
	}

	/** Asked on the thread that computes; see {@link Progress}. */
	@Override
	public boolean isCanceled() {
		if (!canceled && (progress.isCanceled() || Thread.currentThread().isInterrupted()))
			canceled = true;
		return canceled;
	}

	@Override
	public boolean wantsPreviews() {
		return progress.wantsPreviews();
	}

	@Override
	public void preview(final Preview preview) {
		progress.preview(preview);
	}
}
