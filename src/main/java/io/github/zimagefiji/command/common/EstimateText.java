
package io.github.zimagefiji.command.common;

import java.util.List;
import java.util.Locale;

import io.github.zimagefiji.RunEstimate;

/** What a run will need, in words. */
public final class EstimateText {

	private EstimateText() {
		// only static methods
	}

	/** One line on memory and one on time. */
	public static List<String> lines(final RunEstimate estimate) {
		final String free =
			estimate.available() < 0 ? "." : "; " + bytes(estimate.available()) + " are free.";
		final String time =
			estimate.seconds() == null ? "not known before the first run with this model and device."
				: "about " + duration(estimate.seconds()) + ", as fast as the last run.";
		return List.of("Memory: about " + bytes(estimate.bytes()) + " beside the model's files" + free,
			"Time: " + time);
	}

	private static String bytes(final long bytes) {
		return bytes < 1_000_000_000 ? Math.max(1, Math.round(bytes / 1e6)) + " MB"
			: String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
	}

	private static String duration(final double seconds) {
		if (seconds < 0.95) return String.format(Locale.ROOT, "%.1f s", Math.max(0.1, seconds));
		if (seconds < 100) return Math.round(seconds) + " s";
		if (seconds < 100 * 60) return Math.round(seconds / 60) + " min";
		return String.format(Locale.ROOT, "%.1f h", seconds / 3600);
	}
}
