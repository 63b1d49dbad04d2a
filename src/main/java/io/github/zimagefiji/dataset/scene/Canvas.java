
package io.github.zimagefiji.dataset.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Label pixels that objects are put on, with control of what they cover of each other.
 */
final class Canvas {

	private final int width;
	private final int height;
	private final int[] labels;
	/** Pixels that an object had when it was put there, and has now. */
	private final List<int[]> areas = new ArrayList<>();
	private final List<String> classes = new ArrayList<>();

	Canvas(final int width, final int height) {
		this.width = width;
		this.height = height;
		labels = new int[width * height];
	}

	/**
	 * Puts an object on top, if that is allowed.
	 *
	 * @param pixels indices, none twice
	 * @param overlap the largest part of it that may lie on earlier ones, and of each earlier one
	 *          that may be covered
	 * @param gap pixels to earlier ones, if there may be no overlap
	 */
	boolean put(final int[] pixels, final String className, final double overlap, final int gap) {
		if (pixels.length == 0) return false;
		if (overlap == 0 ? touches(pixels, gap) : coversTooMuch(pixels, overlap)) return false;
		final int label = areas.size() + 1;
		for (final int pixel : pixels) {
			if (labels[pixel] > 0) areas.get(labels[pixel] - 1)[1]--;
			labels[pixel] = label;
		}
		areas.add(new int[] { pixels.length, pixels.length });
		classes.add(className);
		return true;
	}

	/** Whether nothing lies there. */
	boolean isFree(final int pixel) {
		return labels[pixel] == 0;
	}

	/** What lies here now. */
	Scene scene(final String name) {
		return new Scene(name, width, height, labels, classes);
	}

	private boolean coversTooMuch(final int[] pixels, final double overlap) {
		final Map<Integer, Integer> covered = new HashMap<>();
		for (final int pixel : pixels) {
			if (labels[pixel] > 0) covered.merge(labels[pixel], 1, Integer::sum);
		}
		final int sum = covered.values().stream().mapToInt(Integer::intValue).sum();
		if (sum > overlap * pixels.length) return true;
		return covered.entrySet().stream().anyMatch(entry -> {
			final int[] area = areas.get(entry.getKey() - 1);
			return area[1] - entry.getValue() < Math.max(1, (1 - overlap) * area[0]);
		});
	}

	private boolean touches(final int[] pixels, final int gap) {
		return Arrays.stream(pixels).anyMatch(pixel -> isTaken(pixel % width, pixel / width, gap));
	}

	private boolean isTaken(final int x, final int y, final int gap) {
		for (int row = Math.max(0, y - gap); row <= Math.min(height - 1, y + gap); row++) {
			for (int column = Math.max(0, x - gap); column <= Math.min(width - 1, x + gap); column++) {
				final int dx = column - x;
				final int dy = row - y;
				if (dx * dx + dy * dy <= gap * gap && labels[row * width + column] > 0) return true;
			}
		}
		return false;
	}
}
