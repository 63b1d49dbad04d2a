package io.github.zimagefiji.service;

import java.util.function.BooleanSupplier;

import org.scijava.app.StatusService;
import org.scijava.task.Task;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Stage;

/** Shows a run's progress as a SciJava task and in the status bar, and lets both the task and the caller cancel it. */
public final class TaskProgress implements Progress {

	private static final int STEPS = 1000;

	private final Task task;
	private final StatusService status;
	private final BooleanSupplier unwanted;
	private volatile boolean canceled;

	/**
	 * Makes the adapter; the caller starts and finishes the task.
	 *
	 * @param task what is shown and may be cancelled
	 * @param status the status bar
	 * @param unwanted another way in which the person may have cancelled; asked often
	 */
	public TaskProgress(final Task task, final StatusService status, final BooleanSupplier unwanted) {
		this.task = task;
		this.status = status;
		this.unwanted = unwanted;
		task.setProgressMaximum(STEPS);
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		final int done = (int) Math.round(Math.min(Math.max(fraction, 0), 1) * STEPS);
		final String text = stage.line(message);
		task.setProgressValue(done);
		task.setStatusMessage(text);
		status.showStatus(done, STEPS, text);
	}

	@Override
	public boolean isCanceled() {
		if (!canceled && (task.isCanceled() || unwanted.getAsBoolean())) canceled = true;
		return canceled;
	}
}
