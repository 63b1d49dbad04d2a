
package io.github.zimagefiji.command.common;

import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.app.StatusService;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;
import org.scijava.ui.UIService;

import ij.IJ;
import io.github.zimagefiji.Preview;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.image.PreviewWindow;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.service.EscapeKey;
import io.github.zimagefiji.service.TaskProgress;

/**
 * What the user sees of a command's run while it lasts, and how they stop it: a task with status
 * and progress, a preview where the user is there to see it, and the command's own cancel, the
 * task's, and the Escape key.
 */
public final class RunDisplay implements Progress, AutoCloseable {

	private final EscapeKey escape = new EscapeKey();
	private final TaskProgress task;
	/** Null where nobody watches. */
	private final PreviewWindow window;

	/**
	 * Begins to show a run.
	 *
	 * @param context has the services that show it
	 * @param name of the run, for people
	 * @param prompt titles the preview
	 * @param command stops the run when it is cancelled
	 */
	public RunDisplay(final Context context, final String name, final String prompt,
		final Cancelable command)
	{
		task = new TaskProgress(context.service(TaskService.class).createTask(name),
			context.service(StatusService.class), context.service(ThreadService.class),
			() -> command.isCanceled() || escape.isPressed());
		// In a macro windows that come and go would change which image is the
		// active one.
		window = HeadlessState.seesWindows(context.getService(UIService.class)) && !IJ.isMacro()
			? new PreviewWindow(prompt) : null;
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		task.update(stage, fraction, message);
	}

	@Override
	public boolean isCanceled() {
		return task.isCanceled();
	}

	@Override
	public boolean wantsPreviews() {
		return window != null;
	}

	@Override
	public void preview(final Preview preview) {
		if (window != null) window.show(preview);
	}

	/** Takes everything away that was shown. */
	@Override
	public void close() {
		escape.close();
		task.close();
		if (window != null) window.close();
	}
}
