
package io.github.zimagefiji.service;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import org.scijava.app.StatusService;
import org.scijava.app.event.StatusEvent;
import org.scijava.event.EventService;
import org.scijava.task.Task;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.ProgressLine;
import io.github.zimagefiji.request.Stage;

/**
 * Shows a run as a SciJava task and in the status bar, from when it is made until it is closed, and
 * lets both the task and the caller cancel the run.
 * <p>
 * SciJava delivers a task's news on the event dispatch thread and waits for it. Here another thread
 * does that, and the run goes on: a window that is busy does not slow it down, and whoever closes
 * Fiji from that thread can wait for the run to end. News that nobody had time to deliver is
 * replaced by later news.
 * </p>
 */
public final class TaskProgress implements Progress, AutoCloseable {

	private static final int STEPS = 1000;

	private record News(int done, String text) {}

	private final Task task;
	private final StatusService status;
	private final ThreadService threads;
	private final BooleanSupplier unwanted;
	private final ProgressLine line = new ProgressLine();
	private final AtomicReference<News> news = new AtomicReference<>();
	private final AtomicBoolean underWay = new AtomicBoolean();
	private News told = new News(-1, "");
	private boolean closed;
	private volatile boolean canceled;

	/**
	 * Starts a task.
	 *
	 * @param task what is shown and may be cancelled; not started yet
	 * @param status the status bar
	 * @param threads where the news is delivered
	 * @param unwanted another way in which the user may have cancelled; asked often
	 */
	public TaskProgress(final Task task, final StatusService status, final ThreadService threads,
		final BooleanSupplier unwanted)
	{
		this.task = task;
		this.status = status;
		this.threads = threads;
		this.unwanted = unwanted;
		task.setProgressMaximum(STEPS);
		task.start();
	}

	@Override
	public void update(final Stage stage, final double fraction, final String message) {
		final int done = (int) Math.round(Math.min(Math.max(fraction, 0), 1) * STEPS);
		news.set(new News(done, line.after(stage, fraction, message)));
		if (underWay.compareAndSet(false, true)) threads.getExecutorService().execute(this::deliver);
	}

	private synchronized void deliver() {
		underWay.set(false);
		final News latest = news.getAndSet(null);
		if (latest == null || closed || latest.equals(told)) return;
		told = latest;
		task.setProgressValue(latest.done);
		task.setStatusMessage(latest.text);
		show(latest);
	}

	/**
	 * The status service would have one thread of several deliver this, and so perhaps after what
	 * comes later.
	 */
	private void show(final News shown) {
		status.context().service(EventService.class)
			.publish(new StatusEvent(shown.done, STEPS, shown.text));
	}

	@Override
	public boolean isCanceled() {
		if (!canceled && (task.isCanceled() || unwanted.getAsBoolean())) canceled = true;
		return canceled;
	}

	/**
	 * Finishes the task and clears the status bar with its progress; nothing is shown afterwards.
	 */
	@Override
	public synchronized void close() {
		if (closed) return;
		closed = true;
		task.finish();
		threads.getExecutorService().execute(this::clear);
	}

	/**
	 * A progress bar that is full is taken away, an unfinished one would stay.
	 */
	private synchronized void clear() {
		show(new News(STEPS, ""));
	}
}
