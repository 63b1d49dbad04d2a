
package io.github.zimagefiji.spark;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.CollectionAccumulator;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.request.Stage;

/**
 * Has items made by the executors of a cluster. Each item is a separate task, so that a slow
 * machine takes fewer, and a task that is lost with its machine is given to another one.
 */
final class Distribution {

	private static final long LOOK_MILLISECONDS = 200;
	private static final long END_NANOSECONDS = 10_000_000_000L;

	private final JavaSparkContext context;
	private final WorkerPresence presence;
	private final Progress progress;
	private final Consumer<ItemReport> listener;
	private int seen;

	/**
	 * Distributes.
	 *
	 * @param listener gets the report of each item that was made
	 */
	Distribution(final JavaSparkContext context, final WorkerPresence presence,
		final Progress progress, final Consumer<ItemReport> listener)
	{
		this.context = context;
		this.presence = presence;
		this.progress = progress;
		this.listener = listener;
	}

	/**
	 * Makes items; returns when all are done.
	 *
	 * @throws InvalidInputException if something on a worker cannot be used
	 * @throws ZImageException if there are no workers, or an item failed on several
	 * @throws RunCanceledException if {@code progress} said so
	 */
	void make(final WorkOrder order, final List<Integer> items) {
		final CollectionAccumulator<ItemReport> reports = new CollectionAccumulator<>();
		context.sc().register(reports);
		final JavaFutureAction<Void> job =
			context.parallelize(items, items.size()).foreachAsync(new ItemTask(order, reports));
		try {
			boolean done = false;
			while (!done) {
				done = await(job);
				look(reports, items.size());
			}
		}
		finally {
			if (!job.isDone()) end(job);
		}
	}

	/**
	 * Cancels, and lets tasks come to an end: Spark complains of those that report when it is gone.
	 */
	private void end(final JavaFutureAction<Void> job) {
		job.cancel(true);
		final long end = System.nanoTime() + END_NANOSECONDS;
		while (!context.sc().isStopped() && System.nanoTime() < end && isBusy())
			LockSupport.parkNanos(LOOK_MILLISECONDS * 1_000_000);
	}

	private boolean isBusy() {
		return Stream.of(context.sc().statusTracker().getExecutorInfos())
			.anyMatch(executor -> executor.numRunningTasks() > 0);
	}

	private boolean await(final JavaFutureAction<Void> job) {
		try {
			job.get(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS);
			return true;
		}
		catch (final TimeoutException e) {
			return false;
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
		catch (final ExecutionException e) {
			progress.checkCanceled(); // a signal stops Spark too
			throw SparkFailure.of(e.getCause(), context.sc().isStopped());
		}
	}

	private void look(final CollectionAccumulator<ItemReport> reports, final int items) {
		final List<ItemReport> all = reports.value();
		for (; seen < all.size(); seen++) {
			final ItemReport report = all.get(seen);
			if (report.refusal() != null)
				throw new InvalidInputException("Worker " + report.worker() + ": " + report.refusal());
			listener.accept(report);
		}
		progress.checkCanceled();
		if (seen == items) return;
		final int workers = presence.count();
		progress.update(seen == 0 ? Stage.LOAD : Stage.DENOISE, (double) seen / items,
			seen + " of " + items + " items, " + workers + (workers == 1 ? " executor" : " executors"));
	}
}
