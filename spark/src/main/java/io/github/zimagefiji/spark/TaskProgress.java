
package io.github.zimagefiji.spark;

import org.apache.spark.TaskContext;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.request.Stage;

/**
 * Ends an item's making when Spark no longer wants it. How far a single item has come is told to
 * nobody.
 */
final class TaskProgress implements Progress {

	private final TaskContext task;
	private final ExecutorModel model;

	TaskProgress(final TaskContext task, final ExecutorModel model) {
		this.task = task;
		this.model = model;
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		// the driver counts whole items
	}

	@Override
	public boolean isCanceled() {
		return task.isInterrupted() || model.isEnded();
	}
}
