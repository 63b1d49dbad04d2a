
package io.github.zimagefiji.fuzz;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a parser did with its inputs. */
public final class Tally {

	private final String name;
	private final Map<String, Integer> findings = new TreeMap<>();
	private int accepted;
	private int refused;
	private long mostNanos;
	private long mostBytes;
	private double seconds;

	Tally(final String name) {
		this.name = name;
	}

	synchronized void count(final boolean isAccepted, final long nanos, final long bytes) {
		if (isAccepted) accepted++;
		else refused++;
		mostNanos = Math.max(mostNanos, nanos);
		mostBytes = Math.max(mostBytes, bytes);
	}

	/** @return how often this was found before */
	synchronized int find(final String what) {
		return findings.merge(what, 1, Integer::sum) - 1;
	}

	void lasted(final double wallSeconds) {
		seconds = wallSeconds;
	}

	/** Inputs tried. */
	public int inputs() {
		return accepted + refused + findings.values().stream().mapToInt(Integer::intValue).sum();
	}

	/** Inputs that the parser accepted. */
	public int accepted() {
		return accepted;
	}

	/** What should not be, with its number of inputs. */
	public Map<String, Integer> findings() {
		return findings;
	}

	/** A row of the table in {@code docs/fuzzing.md}. */
	public String row() {
		return String.format(Locale.ROOT, "| %s | %d | %d | %d | %d | %.2f | %.1f | %.0f |", name,
			inputs(), refused, accepted, findings.values().stream().mapToInt(Integer::intValue).sum(),
			mostNanos / 1e9, mostBytes / 1e6, seconds);
	}

	/** The table's head. */
	public static String head() {
		return "| parser | inputs | refused | accepted | faults | most s of processor | most MB allocated | s |\n" +
			"|---|---:|---:|---:|---:|---:|---:|---:|";
	}
}
