
package io.github.zimagefiji;

import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * How long a run will still take, judged by the pace of this very run.
 * <p>
 * Only time in which the work advanced is counted: waiting for another run and loading a model say
 * nothing about the pace. Recent work counts more than earlier work. There is no estimate before
 * enough has been measured, and what is told moves slowly, so that a single slow block does not
 * make it jump.
 * </p>
 */
final class RemainingTime {

	/** Part of the run that has to be measured before anything is told. */
	private static final double ENOUGH_WORK = 0.04;
	/** Seconds that have to be measured before anything is told. */
	private static final double ENOUGH_SECONDS = 3;
	/** After this part of the run an earlier measurement counts a third. */
	private static final double MEMORY = 0.1;
	/**
	 * A block that takes longer than this many usual ones was interrupted by something, such as the
	 * computer's sleep.
	 */
	private static final double LONGEST = 5;
	/**
	 * In this many seconds what is told moves two thirds of the way to a new estimate.
	 */
	private static final double CALM_SECONDS = 10;

	private final LongSupplier nanoTime;
	private long lastTime;
	private double lastFraction;
	private double work;
	private double seconds;
	private double measuredWork;
	private double measuredSeconds;
	private double told = Double.NaN;

	/** @param nanoTime a clock, as {@link System#nanoTime} */
	RemainingTime(final LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
		lastTime = nanoTime.getAsLong();
	}

	/**
	 * Takes note of progress.
	 *
	 * @param fraction work done of the whole run, 0 to 1
	 * @return seconds, 0 or more; nothing while it cannot be said
	 */
	OptionalDouble after(final double fraction) {
		final long now = nanoTime.getAsLong();
		final double passed = Math.max(0, (now - lastTime) / 1e9);
		lastTime = now;
		if (fraction > lastFraction) {
			measure(fraction - lastFraction, passed);
			lastFraction = fraction;
		}
		if (measuredWork < ENOUGH_WORK || measuredSeconds < ENOUGH_SECONDS)
			return OptionalDouble.empty();
		final double estimate = Math.max(0, 1 - lastFraction) * seconds / work;
		// What was told a moment ago has passed by that moment; the rest of the
		// difference is made up for little by little.
		final double expected = Double.isNaN(told) ? estimate : Math.max(0, told - passed);
		told = expected + (estimate - expected) * (1 - Math.exp(-passed / CALM_SECONDS));
		return OptionalDouble.of(told);
	}

	private void measure(final double done, final double passed) {
		final boolean known = measuredWork >= ENOUGH_WORK;
		final double counted = known ? Math.min(passed, LONGEST * done * seconds / work) : passed;
		final double kept = Math.exp(-done / MEMORY);
		work = work * kept + done;
		seconds = seconds * kept + counted;
		measuredWork += done;
		measuredSeconds += counted;
	}
}
