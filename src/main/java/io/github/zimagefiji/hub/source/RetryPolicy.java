
package io.github.zimagefiji.hub.source;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a host is waited for.
 *
 * @param attempts failures in a row, without a further byte, after which a download is given up
 * @param firstPause before the second attempt; each further pause is twice as long
 * @param longestPause no pause is longer, unless the host asks for one
 * @param longestRequested the longest pause that a host may ask for (Retry-After)
 * @param answer to connect, and for the beginning of an answer
 * @param stall in this time at least {@code leastBytes} must come
 * @param leastBytes fewer than these in {@code stall} are taken for a connection that died
 */
public record RetryPolicy(int attempts, Duration firstPause, Duration longestPause,
		Duration longestRequested, Duration answer, Duration stall, long leastBytes)
{

	/** For people: two minutes of trying without a byte. */
	public static final RetryPolicy USUAL =
		new RetryPolicy(7, Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(10),
			Duration.ofSeconds(60), Duration.ofSeconds(60), 1024);

	/**
	 * The pause after some failures in a row: doubled each time, and between half and all of that by
	 * chance, so that many computers do not come back at the same moment.
	 *
	 * @param failures 1 or more
	 */
	public Duration pauseAfter(final int failures, final RandomGenerator random) {
		final double doubled = firstPause.toNanos() * Math.scalb(1.0, Math.min(failures - 1, 30));
		final double longest = Math.min(doubled, (double) longestPause.toNanos());
		return Duration.ofNanos((long) (longest * (0.5 + 0.5 * random.nextDouble())));
	}
}
