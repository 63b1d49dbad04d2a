
package io.github.zimagefiji.host;

import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/**
 * Counts connected white areas without ImageJ: pixels that touch, also at a corner, belong
 * together.
 */
final class Particles {

	private final BufferedImage mask;
	private final boolean[][] seen;

	private Particles(final BufferedImage mask) {
		this.mask = mask;
		seen = new boolean[mask.getHeight()][mask.getWidth()];
	}

	/**
	 * Measures them.
	 *
	 * @param mask white on black
	 * @param smallest the least area that counts
	 * @return their areas in pixels, the smallest first
	 */
	static List<Integer> areas(final BufferedImage mask, final int smallest) {
		final Particles particles = new Particles(mask);
		final List<Integer> areas = new ArrayList<>();
		for (int y = 0; y < mask.getHeight(); y++) {
			for (int x = 0; x < mask.getWidth(); x++) {
				final int area = particles.areaFrom(x, y);
				if (area >= smallest) areas.add(area);
			}
		}
		Collections.sort(areas);
		return areas;
	}

	private int areaFrom(final int x, final int y) {
		final Deque<int[]> border = new ArrayDeque<>();
		visit(x, y, border);
		int area = 0;
		while (!border.isEmpty()) {
			final int[] at = border.pop();
			area++;
			for (int i = 0; i < 9; i++) {
				visit(at[0] + i % 3 - 1, at[1] + i / 3 - 1, border);
			}
		}
		return area;
	}

	private void visit(final int x, final int y, final Deque<int[]> border) {
		if (x < 0 || y < 0 || x >= mask.getWidth() || y >= mask.getHeight() || seen[y][x]) return;
		seen[y][x] = true;
		if ((mask.getRGB(x, y) & 0xff) != 0) border.push(new int[] { x, y });
	}
}
