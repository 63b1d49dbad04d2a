
package io.github.zimagefiji.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares with the reference, and writes what was measured to {@code target/parity.md}, or to the
 * file that the system property {@code zimage.parity} names.
 */
public final class Parity {

	/**
	 * Tolerances of {@code expected.json}, "suggest": largest difference over the root mean square.
	 */
	public static final double TEXT = 5e-5;
	public static final double FORWARD = 1.5e-4;
	public static final double LOOP = 2e-4;
	public static final double VAE = 2e-4;

	private static final Map<String, String> ROWS = rows();

	private Parity() {}

	/** Largest difference over the expected values' root mean square. */
	public static double distance(final float[] expected, final float[] actual) {
		assertEquals(expected.length, actual.length, "number of values");
		double most = 0;
		double squares = 0;
		for (int i = 0; i < expected.length; i++) {
			most = Math.max(most, Math.abs((double) expected[i] - actual[i]));
			if (Float.isNaN(actual[i])) most = Double.NaN;
			squares += (double) expected[i] * expected[i];
		}
		final double rms = Math.sqrt(squares / expected.length);
		return rms == 0 ? most : most / rms;
	}

	/** Largest absolute difference. */
	public static double absolute(final float[] expected, final float[] actual) {
		assertEquals(expected.length, actual.length, "number of values");
		double most = 0;
		for (int i = 0; i < expected.length; i++) {
			most = Math.max(most, Math.abs((double) expected[i] - actual[i]));
			if (Float.isNaN(actual[i])) most = Double.NaN;
		}
		return most;
	}

	/** Asserts a distance relative to the root mean square. */
	public static void assertClose(final Golden golden, final String tensor, final float[] actual,
		final double tolerance)
	{
		record(golden.name(), tensor, "of rms", distance(golden.floats(tensor), actual), tolerance);
	}

	/** Asserts an absolute distance. */
	public static void assertAbsolute(final Golden golden, final String tensor, final float[] actual,
		final double tolerance)
	{
		record(golden.name(), tensor, "absolute", absolute(golden.floats(tensor), actual), tolerance);
	}

	/**
	 * Asserts that images of bytes differ by one level at most, in less than a thousandth of the
	 * values.
	 */
	public static void assertImage(final Golden golden, final String tensor, final float[] actual) {
		assertImage(golden.name(), tensor, golden.floats(tensor), actual);
	}

	/**
	 * Asserts that images of bytes differ by one level at most, in less than a thousandth of the
	 * values.
	 */
	public static void assertImage(final String golden, final String what, final float[] expected,
		final float[] actual)
	{
		int different = 0;
		for (int i = 0; i < expected.length; i++) {
			if (expected[i] != actual[i]) different++;
		}
		record(golden, what, "levels", absolute(expected, actual), 1);
		record(golden, what + " (values that differ)", "fraction", different / (double) expected.length,
			1e-3);
	}

	/** Writes one row and asserts it. */
	public static void record(final String golden, final String what, final String unit,
		final double distance, final double tolerance)
	{
		synchronized (ROWS) {
			final String key = golden + "|" + what;
			ROWS.put(key, "| " + golden + " | " + what + " | " + format(distance) + " | " +
				format(tolerance) + " | " + unit + " |");
			write();
		}
		assertTrue(distance <= tolerance,
			golden + ", " + what + ": " + distance + " is above " + tolerance + " (" + unit + ")");
	}

	private static String format(final double value) {
		return value == 0 ? "0" : String.format(java.util.Locale.ROOT, "%.1e", value);
	}

	private static Path file() {
		return Path.of(System.getProperty("zimage.parity", "target/parity.md"));
	}

	/** The rows of the tests that ran before, in another process. */
	private static Map<String, String> rows() {
		final Map<String, String> rows = new TreeMap<>();
		try {
			if (!Files.exists(file())) return rows;
			for (final String line : Files.readAllLines(file())) {
				final String[] cells = line.split(" \\| ");
				if (cells.length > 3 && !line.startsWith("| golden file"))
					rows.put(cells[0].substring(2) + "|" + cells[1], line);
			}
			return rows;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void write() {
		final Path file = file();
		final StringBuilder text = new StringBuilder("# Distance from the reference\n\n" +
			"Written by the tests (`rm docs/parity.md && mvn verify -DforkCount=1 -Dzimage.parity=docs/parity.md`). Each row compares\n" +
			"one tensor with what Hugging Face diffusers computed on the same tiny model; *of rms* is the largest difference over the root mean\n" +
			"square of the reference. The tolerances are those of `src/test/resources/golden/expected.json`; rows that\n" +
			"speak of bfloat16 have the reference's own bfloat16 distance as their tolerance.\n\n" +
			"| golden file | tensor | distance | tolerance | unit |\n|---|---|---|---|---|\n");
		ROWS.values().forEach(row -> text.append(row).append('\n'));
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			Files.writeString(file, text);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
