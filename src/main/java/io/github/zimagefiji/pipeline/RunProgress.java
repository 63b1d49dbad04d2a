
package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * Counts a run's work, in rough units of arithmetic, and tells how far it has come.
 */
final class RunProgress {

	private final Progress progress;
	private final double total;
	private double done;
	private Stage stage = Stage.LOAD;
	private String message = "";

	/** @param total all work of the run, in the units of {@link #work} */
	RunProgress(final Progress progress, final double total) {
		this.progress = progress;
		this.total = total;
	}

	/**
	 * Begins a part of the run.
	 *
	 * @throws io.github.zimagefiji.error.RunCanceledException if the run is no longer wanted
	 */
	void enter(final Stage next, final String words) {
		stage = next;
		message = words;
		tell();
	}

	/**
	 * What to do after each block: counts it, tells the user, and ends the run if it is no longer
	 * wanted.
	 */
	Runnable work(final double perBlock) {
		return () -> {
			done += perBlock;
			tell();
		};
	}

	/**
	 * The same for blocks of mapped weights: looks whether they are still whole before the next block
	 * reads them.
	 */
	Runnable work(final double perBlock, final Checkpoint weights) {
		final Runnable work = work(perBlock);
		return () -> {
			work.run();
			weights.checkUnchanged();
		};
	}

	private void tell() {
		progress.checkCanceled();
		// Task services cancel by an interrupt; the flag stays for whoever owns the
		// thread.
		if (Thread.currentThread().isInterrupted()) throw new RunCanceledException();
		progress.update(stage, Math.min(1, done / total), message);
	}
}
