
package io.github.zimagefiji.image.png;

/**
 * Filters rows of 8-bit colour before they are compressed. For each row it takes the filter type
 * whose differences, as signed bytes, have the smallest sum of absolute values: the heuristic that
 * the PNG specification suggests (section 12.7, "Filter selection").
 */
final class PngFilter {

	/** Bytes of a pixel: the neighbour to the left lies so far back. */
	private static final int PIXEL = 3;
	private static final int TYPES = 5;

	private final byte[][] candidates;
	private byte[] above;

	/**
	 * A filter for the rows of one image.
	 *
	 * @param rowBytes 3 × width
	 */
	PngFilter(final int rowBytes) {
		candidates = new byte[TYPES][rowBytes + 1];
		above = new byte[rowBytes];
	}

	/**
	 * Filters the next row.
	 *
	 * @param row (3 × width) bytes; kept as they are
	 * @return the filter type, then the differences; valid until the next call
	 */
	byte[] apply(final byte[] row) {
		byte[] best = null;
		long least = Long.MAX_VALUE;
		for (int type = 0; type < TYPES; type++) {
			final long sum = fill(candidates[type], type, row);
			if (sum >= least) continue;
			least = sum;
			best = candidates[type];
		}
		above = row.clone();
		return best;
	}

	private long fill(final byte[] filtered, final int type, final byte[] row) {
		filtered[0] = (byte) type;
		long sum = 0;
		for (int i = 0; i < row.length; i++) {
			final int left = i < PIXEL ? 0 : row[i - PIXEL] & 0xff;
			final int up = above[i] & 0xff;
			final int upLeft = i < PIXEL ? 0 : above[i - PIXEL] & 0xff;
			final byte difference = (byte) (row[i] - predict(type, left, up, upLeft));
			filtered[i + 1] = difference;
			sum += Math.abs(difference);
		}
		return sum;
	}

	private static int predict(final int type, final int left, final int up, final int upLeft) {
		return switch (type) {
			case 0 -> 0;
			case 1 -> left;
			case 2 -> up;
			case 3 -> (left + up) / 2;
			default -> paeth(left, up, upLeft);
		};
	}

	private static int paeth(final int left, final int up, final int upLeft) {
		final int toLeft = Math.abs(up - upLeft);
		final int toUp = Math.abs(left - upLeft);
		final int toUpLeft = Math.abs(left + up - 2 * upLeft);
		if (toLeft <= toUp && toLeft <= toUpLeft) return left;
		return toUp <= toUpLeft ? up : upLeft;
	}
}
