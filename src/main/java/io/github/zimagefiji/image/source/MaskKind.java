
package io.github.zimagefiji.image.source;

import java.util.BitSet;

import io.github.zimagefiji.request.InputMask;

/**
 * Tells masks from other images, by areas that are neither dark nor bright. In a mask, also one
 * with soft edges, what lies between black and half of white is the edge, where brightness changes
 * from pixel to pixel. In a label image, objects with small numbers are whole areas of one dark
 * value, which end suddenly; also small and thin objects have one value each, and lie apart from
 * what is bright.
 */
final class MaskKind {

	/** A smaller step than this is a soft edge's. */
	private static final float STEP = 4 / 255f;
	/** Pixels of an area that is hardly brighter than black. */
	private static final int FAINT_AREA = 64;

	private final int width;
	private final float[] values;
	private final BitSet seen = new BitSet();
	private final int[] waiting;

	/** @param values (height, width), row-major, from 0, black, to 1, white */
	MaskKind(final int width, final float[] values) {
		this.width = width;
		this.values = values;
		waiting = new int[values.length];
	}

	/**
	 * The first pixel of an area of one value that is above 0 and is not painted, though it is no
	 * edge of what is painted; -1 if there is none.
	 */
	int darkArea() {
		final int whole = wholeArea();
		return whole < 0 ? apart() : whole;
	}

	private int wholeArea() {
		final int height = values.length / width;
		for (int y = 1; y < height - 1; y++) {
			for (int x = 1; x < width - 1; x++) {
				final int i = y * width + x;
				if (seen.get(i) || !isDark(values[i]) || !isFlat(i)) continue;
				if (endsSuddenly(i)) return i;
			}
		}
		return -1;
	}

	/**
	 * The first dark pixel, if every dark piece has one value and touches nothing that is painted,
	 * not even at a corner; -1 otherwise. A soft edge always does.
	 */
	private int apart() {
		final BitSet found = new BitSet();
		int first = -1;
		boolean painted = false;
		for (int i = 0; i < values.length; i++) {
			painted |= values[i] >= InputMask.THRESHOLD;
			if (!isDark(values[i]) || found.get(i)) continue;
			if (!isPieceApart(i, found)) return -1;
			if (first < 0) first = i;
		}
		return painted ? first : -1;
	}

	private boolean isPieceApart(final int start, final BitSet found) {
		int end = 0;
		found.set(start);
		waiting[end++] = start;
		for (int at = 0; at < end; at++) {
			final int x = waiting[at] % width;
			final int y = waiting[at] / width;
			for (int row = Math.max(y - 1, 0); row <= Math.min(y + 1, values.length / width - 1); row++) {
				for (int column = Math.max(x - 1, 0); column <= Math.min(x + 1, width - 1); column++) {
					final int next = row * width + column;
					if (values[next] <= 0 || found.get(next)) continue;
					if (values[next] != values[start]) return false;
					found.set(next);
					waiting[end++] = next;
				}
			}
		}
		return true;
	}

	private static boolean isDark(final float value) {
		return value > 0 && value < InputMask.THRESHOLD;
	}

	/** Whether all eight neighbours have the same value. */
	private boolean isFlat(final int i) {
		for (int row = i - width; row <= i + width; row += width) {
			for (int at = row - 1; at <= row + 1; at++)
				if (values[at] != values[i]) return false;
		}
		return true;
	}

	/**
	 * Whether at a quarter of an area's edge or more the value changes by a step; or whether an area
	 * that is nearly black lies in black alone.
	 */
	private boolean endsSuddenly(final int start) {
		final float value = values[start];
		int end = 0;
		int edge = 0;
		int steps = 0;
		boolean inBlack = true;
		seen.set(start);
		waiting[end++] = start;
		for (int at = 0; at < end; at++) {
			final int pixel = waiting[at];
			for (int side = 0; side < 4; side++) {
				final int next = neighbour(pixel, side);
				if (next < 0) continue;
				if (values[next] != value) {
					edge++;
					inBlack &= values[next] == 0;
					if (Math.abs(values[next] - value) >= STEP) steps++;
				}
				else if (!seen.get(next)) {
					seen.set(next);
					waiting[end++] = next;
				}
			}
		}
		return 4 * steps > edge || inBlack && end >= FAINT_AREA;
	}

	/** -1 beyond the image's edge. */
	private int neighbour(final int pixel, final int side) {
		final int x = pixel % width;
		return switch (side) {
			case 0 -> x > 0 ? pixel - 1 : -1;
			case 1 -> x < width - 1 ? pixel + 1 : -1;
			case 2 -> pixel - width;
			default -> pixel + width < values.length ? pixel + width : -1;
		};
	}
}
