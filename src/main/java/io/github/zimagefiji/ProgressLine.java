
package io.github.zimagefiji;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

import io.github.zimagefiji.request.Stage;

/**
 * Makes the status line of one run: what is being done and, once that can be said, how long the
 * rest will take, such as "Forming the image: step 3 of 8, about 40 s left".
 */
public final class ProgressLine {

	private static final int MINUTE = 60;
	private static final int HOUR = 3600;

	private final RemainingTime remaining;

	/** A line for a run that begins now. */
	public ProgressLine() {
		this(System::nanoTime);
	}

	ProgressLine(final LongSupplier nanoTime) {
		remaining = new RemainingTime(nanoTime);
	}

	/**
	 * Takes what {@link Progress#update} takes, each time it is called, and gives the line for it.
	 */
	public String after(final Stage stage, final double fraction, final String message) {
		final OptionalDouble seconds = remaining.after(fraction);
		final String line = stage.line(message);
		return seconds.isPresent() && fraction < 1 ? line + ", " + words(seconds.getAsDouble()) : line;
	}

	/** No more exact than an estimate is. */
	static String words(final double seconds) {
		if (seconds < 7.5) return "a few seconds left";
		if (seconds < 55)
			return "about " + (seconds < 30 ? rounded(seconds, 5) : rounded(seconds, 10)) + " s left";
		if (seconds < HOUR - MINUTE / 2)
			return "about " + rounded(seconds, MINUTE) / MINUTE + " min left";
		final long minutes = rounded(seconds, 10 * MINUTE) / MINUTE;
		final String hours = "about " + minutes / MINUTE + " h";
		return hours + (minutes % MINUTE == 0 ? "" : " " + minutes % MINUTE + " min") + " left";
	}

	private static long rounded(final double seconds, final int unit) {
		return Math.max(1, Math.round(seconds / unit)) * unit;
	}
}
