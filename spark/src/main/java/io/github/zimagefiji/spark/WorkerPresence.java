
package io.github.zimagefiji.spark;

import java.time.Duration;

import org.apache.spark.api.java.JavaSparkContext;

import io.github.zimagefiji.error.ZImageException;

/** Waits for workers with bounded patience; Spark itself waits for ever. */
final class WorkerPresence {

	private final JavaSparkContext context;
	private final Duration patience;
	private long lastSeen = System.nanoTime();

	/** @param patience how long there may be none */
	WorkerPresence(final JavaSparkContext context, final Duration patience) {
		this.context = context;
		this.patience = patience;
	}

	/**
	 * How many executors there are now.
	 *
	 * @throws ZImageException if there was none for too long
	 */
	int count() {
		// the driver counts as one, and is the only one in local mode
		final int executors =
			context.isLocal() ? 1 : context.sc().statusTracker().getExecutorInfos().length - 1;
		if (executors > 0) lastSeen = System.nanoTime();
		else if (System.nanoTime() - lastSeen > patience.toNanos())
			throw new ZImageException("No worker was there for " + patience.toSeconds() +
				" s. Check that the cluster " + context.master() + " has workers with free cores (" +
				context.getConf().get("spark.executor.cores") +
				" for an executor) and enough memory, or wait longer with --wait. All items made before are kept; go on with --resume.");
		return executors;
	}
}
