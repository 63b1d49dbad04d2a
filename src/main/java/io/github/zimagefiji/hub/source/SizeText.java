
package io.github.zimagefiji.hub.source;

import java.util.Locale;

/** Numbers of bytes as people read them. */
public final class SizeText {

	private static final double GIGA = 1e9;
	private static final double MEGA = 1e6;
	private static final double KILO = 1e3;

	private SizeText() {
		// only of()
	}

	/**
	 * A number of bytes with the unit that suits it, such as "12.3 GB"; a GB is 10⁹ bytes.
	 */
	public static String of(final long bytes) {
		if (bytes >= GIGA) return String.format(Locale.ROOT, "%.1f GB", bytes / GIGA);
		if (bytes >= MEGA) return String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
		return bytes >= KILO ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO) : bytes + " B";
	}
}
