
package io.github.zimagefiji.spark;

import io.github.zimagefiji.error.ZImageException;

/**
 * Turns what Spark throws, which often holds the traces of several machines, into a sentence.
 */
final class SparkFailure {

	private SparkFailure() {
		// only of()
	}

	/**
	 * A failure with the first line of what Spark says.
	 *
	 * @param stopped whether Spark has stopped the whole application by itself; what it says then is
	 *          a consequence of that
	 */
	static ZImageException of(final Throwable cause, final boolean stopped) {
		final String reason = stopped
			? "the cluster has ended the job, because its executors could not be started or the " +
				"master is gone; Spark's messages above and its workers' logs tell which"
			: firstLine(cause);
		return new ZImageException("Spark could not finish: " + reason +
			". All items made before are kept; go on with --resume.", cause);
	}

	private static String firstLine(final Throwable cause) {
		final String line = String.valueOf(cause.getMessage()).strip().lines().findFirst().orElse("");
		if (line.isEmpty()) return cause.getClass().getSimpleName();
		return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
	}
}
