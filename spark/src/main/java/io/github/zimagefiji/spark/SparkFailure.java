package io.github.zimagefiji.spark;

import io.github.zimagefiji.ZImageException;

/** Turns what Spark throws, which often holds the traces of several machines, into a sentence. */
final class SparkFailure {

	private SparkFailure() {
		// only of()
	}

	/** A failure with the first line of what Spark says. */
	static ZImageException of(final Throwable cause) {
		final String said = String.valueOf(cause.getMessage()).strip();
		final String line = said.lines().findFirst().orElse("");
		return new ZImageException("Spark could not finish: " + (line.isEmpty() ? cause.getClass().getSimpleName() : line) +
			(line.endsWith(".") ? "" : ".") + " All items made before are kept; go on with --resume.", cause);
	}
}
