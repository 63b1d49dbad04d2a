
package io.github.zimagefiji.dataset.scene;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Cells of a tissue: each pixel belongs to the nearest of some points, which keep their distance
 * from each other (the best of ten candidates, Mitchell 1991); pixels near the border between two
 * cells belong to none.
 */
final class Tessellation {

	private static final int CANDIDATES = 10;

	private final int width;
	private final int height;
	private final double gap;
	private final List<double[]> points = new ArrayList<>();
	/** Points by square; a square has about one. */
	private final List<List<Integer>> squares = new ArrayList<>();
	private final int columns;
	private final int rows;
	private final double side;

	Tessellation(final int width, final int height, final int count, final double gap,
		final Random random)
	{
		this.width = width;
		this.height = height;
		this.gap = gap;
		side = StrictMath.sqrt((double) width * height / count);
		columns = (int) (width / side) + 1;
		rows = (int) (height / side) + 1;
		for (int i = 0; i < columns * rows; i++)
			squares.add(new ArrayList<>());
		for (int i = 0; i < count; i++)
			add(random);
	}

	/** The pixels of each cell; a cell may have none. */
	List<int[]> cells() {
		final List<List<Integer>> cells = new ArrayList<>();
		points.forEach(point -> cells.add(new ArrayList<>()));
		for (int pixel = 0; pixel < width * height; pixel++) {
			final int row = pixel / width;
			final int cell = cellAt(pixel % width + 0.5, row + 0.5);
			if (cell >= 0) cells.get(cell).add(pixel);
		}
		return cells.stream().map(cell -> cell.stream().mapToInt(Integer::intValue).toArray()).toList();
	}

	private void add(final Random random) {
		double[] best = null;
		double farthest = -1;
		for (int i = 0; i < CANDIDATES; i++) {
			final double[] point = { random.nextDouble() * width, random.nextDouble() * height };
			final double distance = points.isEmpty() ? 0 : nearest(point[0], point[1])[1];
			if (distance > farthest) {
				farthest = distance;
				best = point;
			}
		}
		squares.get(((int) (best[1] / side)) * columns + (int) (best[0] / side)).add(points.size());
		points.add(best);
	}

	/** The cell of a place, or -1 on a border. */
	private int cellAt(final double x, final double y) {
		final double[] nearest = nearest(x, y);
		final boolean border = nearest[2] - nearest[1] < gap;
		return border ? -1 : (int) nearest[0];
	}

	/** The nearest point, its distance, and the second nearest's distance. */
	private double[] nearest(final double x, final double y) {
		for (int ring = 2;; ring *= 2) {
			final double[] found = nearestWithin(x, y, ring);
			// what lies outside the squares looked at is at least ring sides away
			if (found[2] <= ring * side || ring > Math.max(columns, rows)) return found;
		}
	}

	private double[] nearestWithin(final double x, final double y, final int ring) {
		final double[] found = { -1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY };
		final int column = (int) (x / side);
		final int row = (int) (y / side);
		for (int r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
			for (int c = Math.max(0, column - ring); c <= Math.min(columns - 1, column + ring); c++) {
				for (final int point : squares.get(r * columns + c))
					take(found, point, x, y);
			}
		}
		return found;
	}

	private void take(final double[] found, final int point, final double x, final double y) {
		final double dx = points.get(point)[0] - x;
		final double dy = points.get(point)[1] - y;
		final double distance = StrictMath.sqrt(dx * dx + dy * dy);
		if (distance < found[1]) {
			found[2] = found[1];
			found[1] = distance;
			found[0] = point;
		}
		else if (distance < found[2]) found[2] = distance;
	}
}
