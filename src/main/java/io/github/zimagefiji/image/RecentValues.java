
package io.github.zimagefiji.image;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongFunction;

import io.github.zimagefiji.error.RunCanceledException;

/**
 * Values that are made when they are first asked for, of which the most recently asked for are
 * kept. Any number of threads may ask: the first one makes the value, the others wait for it.
 *
 * @param <V> what is made
 */
final class RecentValues<V> {

	/** One value, and the thread that makes it. */
	private final class Making {

		private final FutureTask<V> task;
		private volatile Thread thread;

		Making(final long index) {
			task = new FutureTask<>(() -> {
				thread = Thread.currentThread();
				return maker.apply(index);
			});
		}
	}

	private final int keep;
	private final LongFunction<V> maker;

	/** From the least to the most recently asked for. */
	private final Map<Long, Making> recent = new LinkedHashMap<>(16, 0.75f, true);

	/**
	 * Nothing is made yet.
	 *
	 * @param keep how many values are kept, 1 or more
	 * @param maker makes the value of an index; always the same one
	 */
	RecentValues(final int keep, final LongFunction<V> maker) {
		this.keep = keep;
		this.maker = maker;
	}

	/**
	 * The value of an index, made on this thread if nobody has it or makes it. A failure is not kept:
	 * the next one to ask tries again.
	 *
	 * @throws RunCanceledException if this thread was interrupted while it waited
	 * @throws RuntimeException whatever the maker throws
	 */
	V get(final long index) {
		while (true) {
			final Making making = making(index);
			// does nothing if it has run, or is running on another thread
			making.task.run();
			try {
				return making.task.get();
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new RunCanceledException();
			}
			catch (final ExecutionException e) {
				forget(index, making);
				// Another thread's user gave up, not this one's.
				final boolean retry =
					e.getCause() instanceof RunCanceledException && making.thread != Thread.currentThread();
				if (!retry) throw failure(e.getCause());
			}
		}
	}

	private static RuntimeException failure(final Throwable cause) {
		if (cause instanceof Error error) throw error;
		return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
	}

	private synchronized Making making(final long index) {
		final Making making = recent.computeIfAbsent(index, Making::new);
		final Iterator<Making> oldest = recent.values().iterator();
		while (recent.size() > keep && oldest.hasNext()) {
			// One that is being made is waited for; dropping it would have it made
			// twice.
			if (oldest.next().task.isDone()) oldest.remove();
		}
		return making;
	}

	private synchronized void forget(final long index, final Making failed) {
		recent.remove(index, failed);
	}
}
