
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.github.zimagefiji.error.DownloadFailedException;

/** Tries again what failed by chance. */
public final class Retry {

	/**
	 * One attempt.
	 *
	 * @param <T> its result
	 */
	@FunctionalInterface
	public interface Attempt<T> {

		/** @throws TransferException if it is worth trying again */
		T run() throws IOException, InterruptedException;
	}

	private final RetryPolicy patience;
	private final RandomGenerator random;

	public Retry(final RetryPolicy patience, final RandomGenerator random) {
		this.patience = patience;
		this.random = random;
	}

	/**
	 * Runs attempts until one succeeds.
	 *
	 * @param what the beginning of a sentence, such as "transformer/config.json could not be
	 *          downloaded"
	 * @param position how far the work has come; failures are counted anew when it has come further
	 *          than ever
	 * @throws DownloadFailedException if too many failed in a row, with the last reason
	 */
	public <T> T run(final String what, final LongSupplier position, final Attempt<T> attempt)
		throws IOException, InterruptedException
	{
		int failures = 0;
		long furthest = position.getAsLong();
		while (true) {
			try {
				return attempt.run();
			}
			catch (final TransferException e) {
				final long reached = position.getAsLong();
				failures = reached > furthest ? 1 : failures + 1;
				furthest = Math.max(furthest, reached);
				if (failures >= patience.attempts()) throw new DownloadFailedException(what + ": " +
					e.getMessage() + ". Tried " + failures + (failures == 1 ? " time" : " times") +
					"; what was received is kept. Try again later; the download goes on from there.", e);
				Thread.sleep(pause(what, e, failures).toMillis());
			}
		}
	}

	private Duration pause(final String what, final TransferException e, final int failures) {
		final Duration own = patience.pauseAfter(failures, random);
		final Duration asked = e.retryAfter();
		if (asked == null) return own;
		if (asked.compareTo(patience.longestRequested()) > 0)
			throw new DownloadFailedException(what + ": " + e.getMessage() + ", and asks to wait for " +
				asked.toSeconds() + " s. Try again then; what was received is kept.", e);
		return asked.compareTo(own) > 0 ? asked : own;
	}
}
