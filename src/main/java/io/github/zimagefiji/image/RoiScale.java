
package io.github.zimagefiji.image;

import java.awt.geom.Rectangle2D;

import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.plugin.RoiScaler;

/** Scales a selection with its image, about the upper left corner. */
final class RoiScale {

	private RoiScale() {
		// only of()
	}

	/**
	 * A scaled copy; rectangles and ovals stay what they are, which ImageJ's own scaler makes
	 * polygons of.
	 */
	static Roi of(final Roi roi, final double x, final double y) {
		final boolean rectangle = roi.getClass() == Roi.class && roi.getCornerDiameter() == 0;
		if (!rectangle && roi.getClass() != OvalRoi.class) return RoiScaler.scale(roi, x, y, false);
		final Rectangle2D.Double bounds = roi.getFloatBounds();
		final double left = rounded(bounds.x * x);
		final double top = rounded(bounds.y * y);
		final double width = rounded(bounds.width * x);
		final double height = rounded(bounds.height * y);
		final Roi scaled =
			rectangle ? new Roi(left, top, width, height) : new OvalRoi(left, top, width, height);
		scaled.copyAttributes(roi);
		if (roi.getStrokeWidth() != 0) scaled.setStrokeWidth(roi.getStrokeWidth() * x);
		return scaled;
	}

	/**
	 * 100 × 1.12 is a little more than 112; ImageJ would make bounds of 113 pixels of it.
	 */
	private static double rounded(final double pixels) {
		return Math.rint(pixels * 1e6) / 1e6;
	}
}
