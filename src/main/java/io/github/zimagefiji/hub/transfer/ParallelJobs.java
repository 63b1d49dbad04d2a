
package io.github.zimagefiji.hub.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.zimagefiji.error.RunCanceledException;

/**
 * Runs jobs on a few threads while the calling thread reports progress. The first failure ends all.
 */
final class ParallelJobs {

	private static final long TICK_MILLIS = 100;
	private static final long GOODBYE_SECONDS = 30;

	private ParallelJobs() {
		// only run()
	}

	/**
	 * Runs all jobs.
	 *
	 * @param threads at most this many at once
	 * @param tick called on this thread now and then; what it throws ends the work
	 * @param stop ends what an interruption of the threads does not end; called in any case
	 * @return the results, in the order in which they came
	 * @throws Exception what a job threw
	 * @throws RunCanceledException if this thread was interrupted, which is how task services cancel
	 */
	static <T> List<T> run(final List<Callable<T>> jobs, final int threads, final Runnable tick,
		final Runnable stop) throws Exception
	{
		final ExecutorService executor =
			Executors.newFixedThreadPool(Math.max(1, Math.min(threads, jobs.size())), task -> {
				final Thread thread = new Thread(task, "zimage-files");
				thread.setDaemon(true);
				return thread;
			});
		try {
			return collect(jobs, new ExecutorCompletionService<>(executor), tick);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
		finally {
			stop.run();
			end(executor);
		}
	}

	private static <T> List<T> collect(final List<Callable<T>> jobs,
		final CompletionService<T> service, final Runnable tick) throws Exception
	{
		jobs.forEach(service::submit);
		final List<T> results = new ArrayList<>();
		while (results.size() < jobs.size()) {
			tick.run();
			final Future<T> done = service.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
			if (done != null) results.add(result(done));
		}
		tick.run();
		return results;
	}

	private static <T> T result(final Future<T> done) throws Exception {
		try {
			return done.get();
		}
		catch (final ExecutionException e) {
			if (e.getCause() instanceof Exception) throw (Exception) e.getCause();
			throw e;
		}
	}

	/**
	 * Nobody writes any more when this returns, so that the caller may let go of the lock.
	 */
	private static void end(final ExecutorService executor) {
		executor.shutdownNow();
		boolean interrupted = Thread.interrupted();
		try {
			executor.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS);
		}
		catch (final InterruptedException e) {
			interrupted = true;
		}
		if (interrupted) Thread.currentThread().interrupt();
	}
}
