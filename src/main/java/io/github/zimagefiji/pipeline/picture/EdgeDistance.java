
package io.github.zimagefiji.pipeline.picture;

import java.util.Arrays;

/**
 * How far pixels within a mask are from its edge: the exact Euclidean distance, by the lower
 * envelope of parabolas (Felzenszwalb and Huttenlocher, Theory of Computing 8, 2012).
 */
public final class EdgeDistance {

	/**
	 * Farther than any two pixels of an image, and small enough that sums stay exact.
	 */
	private static final double FAR = 1e12;

	private EdgeDistance() {}

	/**
	 * Distances to the nearest pixel outside.
	 *
	 * @param inside (height, width)
	 * @return (height, width): 0 outside, at least 1 inside; very large if nothing is outside
	 */
	public static float[] of(final boolean[] inside, final int width, final int height) {
		final double[] squares = new double[inside.length];
		for (int i = 0; i < squares.length; i++) {
			squares[i] = inside[i] ? FAR : 0;
		}
		final double[] column = new double[height];
		for (int x = 0; x < width; x++) {
			for (int y = 0; y < height; y++) {
				column[y] = squares[y * width + x];
			}
			final double[] done = along(column);
			for (int y = 0; y < height; y++) {
				squares[y * width + x] = done[y];
			}
		}
		final float[] result = new float[inside.length];
		for (int y = 0; y < height; y++) {
			final double[] done = along(Arrays.copyOfRange(squares, y * width, (y + 1) * width));
			for (int x = 0; x < width; x++) {
				result[y * width + x] = (float) Math.sqrt(done[x]);
			}
		}
		return result;
	}

	/** For each position the least of {@code (position - i)² + values[i]}. */
	private static double[] along(final double[] values) {
		final int[] lowest = new int[values.length];
		final double[] from = new double[values.length + 1];
		int last = 0;
		from[0] = Double.NEGATIVE_INFINITY;
		from[1] = Double.POSITIVE_INFINITY;
		for (int i = 1; i < values.length; i++) {
			double meet = meeting(values, lowest[last], i);
			while (meet <= from[last]) {
				meet = meeting(values, lowest[--last], i);
			}
			lowest[++last] = i;
			from[last] = meet;
			from[last + 1] = Double.POSITIVE_INFINITY;
		}
		final double[] result = new double[values.length];
		for (int position = 0, k = 0; position < values.length; position++) {
			while (from[k + 1] < position) {
				k++;
			}
			final double way = position - lowest[k];
			result[position] = way * way + values[lowest[k]];
		}
		return result;
	}

	/**
	 * Where the parabola of a later position falls below that of an earlier one.
	 */
	private static double meeting(final double[] values, final int earlier, final int later) {
		final double rise =
			values[later] + (double) later * later - values[earlier] - (double) earlier * earlier;
		return rise / (2.0 * (later - earlier));
	}
}
