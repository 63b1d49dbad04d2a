
package io.github.zimagefiji.model.transformer;

import java.util.List;

/**
 * Rotary position angles on three axes, as cosine and sine pairs (RopeEmbedder of the reference):
 * the product of position and frequency in double, rounded to float, then cosine and sine.
 */
final class RotaryTable {

	private final double theta;
	private final List<Integer> widths;

	RotaryTable(final double theta, final List<Integer> widths) {
		this.theta = theta;
		this.widths = widths;
	}

	/** Numbers for one position. */
	int length() {
		return widths.stream().mapToInt(w -> w).sum();
	}

	/**
	 * Writes the pairs of one position (sequence, row, column) and tells where the next begins.
	 */
	int put(final float[] target, final int offset, final int... position) {
		int at = offset;
		for (int axis = 0; axis < widths.size(); axis++) {
			final int width = widths.get(axis);
			for (int i = 0; i < width; i += 2) {
				final float angle = (float) (position[axis] * (1.0 / Math.pow(theta, i / (double) width)));
				target[at++] = (float) Math.cos(angle);
				target[at++] = (float) Math.sin(angle);
			}
		}
		return at;
	}

	/** The pairs of many positions, one after the other. */
	float[] angles(final List<int[]> positions) {
		final float[] angles = new float[positions.size() * length()];
		int at = 0;
		for (final int[] position : positions) {
			at = put(angles, at, position);
		}
		return angles;
	}
}
