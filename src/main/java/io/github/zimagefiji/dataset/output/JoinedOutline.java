
package io.github.zimagefiji.dataset.output;

import java.awt.Point;
import java.awt.Polygon;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The outlines of an object's pieces and holes as one outline, for formats that know one for each
 * object. From one to the next leads a line that is walked in both directions, so that it encloses
 * nothing: the joined outline has the same pixels by the even-odd rule, and by the winding rule,
 * because holes are walked the other way round.
 */
final class JoinedOutline {

	private JoinedOutline() {
		// only of()
	}

	/**
	 * Joins outlines.
	 *
	 * @param outlines of pieces and holes, as {@link PieceOutlines#traceWithHoles()} gives them
	 * @return corners in pixel edges, in order; not closed
	 */
	static List<Point> of(final List<Polygon> outlines) {
		final List<Point> joined = new ArrayList<>(ring(outlines, 0));
		for (int i = 1; i < outlines.size(); i++)
			insert(joined, ring(outlines, i));
		return joined;
	}

	/** Clockwise on the screen, or counter-clockwise if an odd number of others enclose it. */
	private static List<Point> ring(final List<Polygon> outlines, final int index) {
		final Polygon outline = outlines.get(index);
		final List<Point> ring = new ArrayList<>();
		for (int i = 0; i < outline.npoints; i++)
			ring.add(new Point(outline.xpoints[i], outline.ypoints[i]));
		boolean hole = false;
		final Point inside = pixelInside(outline);
		for (int i = 0; i < outlines.size(); i++) {
			if (i != index && outlines.get(i).contains(inside.x + 0.5, inside.y + 0.5)) hole = !hole;
		}
		if (isClockwise(ring) == hole) Collections.reverse(ring);
		return ring;
	}

	/** A pixel within an outline that runs along pixel edges: below its topmost left corner. */
	private static Point pixelInside(final Polygon outline) {
		int first = 0;
		for (int i = 1; i < outline.npoints; i++) {
			if (outline.ypoints[i] < outline.ypoints[first] ||
				outline.ypoints[i] == outline.ypoints[first] && outline.xpoints[i] < outline.xpoints[first])
				first = i;
		}
		return new Point(outline.xpoints[first], outline.ypoints[first]);
	}

	private static boolean isClockwise(final List<Point> ring) {
		long twice = 0;
		for (int i = 0; i < ring.size(); i++) {
			final Point now = ring.get(i);
			final Point next = ring.get((i + 1) % ring.size());
			twice += (long) now.x * next.y - (long) next.x * now.y;
		}
		return twice > 0;
	}

	/** Walks to the other ring between their two nearest corners, round it, and back. */
	private static void insert(final List<Point> joined, final List<Point> ring) {
		int from = 0;
		int to = 0;
		double least = Double.MAX_VALUE;
		for (int i = 0; i < joined.size(); i++) {
			for (int j = 0; j < ring.size(); j++) {
				final double distance = joined.get(i).distanceSq(ring.get(j));
				if (distance >= least) continue;
				least = distance;
				from = i;
				to = j;
			}
		}
		final List<Point> detour = new ArrayList<>();
		for (int j = 0; j <= ring.size(); j++)
			detour.add(ring.get((to + j) % ring.size()));
		detour.add(joined.get(from));
		joined.addAll(from + 1, detour);
	}
}
