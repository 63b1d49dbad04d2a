
package io.github.zimagefiji.image;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.plugin.RoiScaler;

/**
 * What an image that was made of another one inherits: pixel size, unit and origin, selection and
 * overlay.
 * <p>
 * The result is taken to show the same field of view as its source. If it has other numbers of
 * pixels in the same shape, all is scaled; sizes are in the same shape if they differ by no more
 * than models demand, which make only multiples of 16 pixels. If the shapes differ, it is not known
 * what lies where, and nothing is carried over. Density calibrations are never: the result's pixel
 * values are not the source's. Elements of the overlay that belong to single slices stay with them
 * if the result has the same slices; otherwise those of the slice that is shown are taken.
 * </p>
 */
public final class CarryOver {

	/** Results have sides of multiples of this many pixels. */
	private static final int STEP = 16;

	private final ImagePlus source;
	private final ImagePlus target;
	private final double scaleX;
	private final double scaleY;
	private final int left;
	private final int top;
	private final boolean sameSlices;
	/**
	 * Channel, slice and frame that are shown; ImageJ's own getC() and others may be behind the
	 * current slice.
	 */
	private final int[] shown;
	private final List<String> notes = new ArrayList<>();

	private CarryOver(final ImagePlus source, final ImagePlus target) {
		this(source, target, target.getWidth() / (double) source.getWidth(),
			target.getHeight() / (double) source.getHeight(), 0, 0);
	}

	private CarryOver(final ImagePlus source, final ImagePlus target, final double scaleX,
		final double scaleY, final int left, final int top)
	{
		this.source = source;
		this.target = target;
		this.scaleX = scaleX;
		this.scaleY = scaleY;
		this.left = left;
		this.top = top;
		sameSlices = source.getNChannels() == target.getNChannels() &&
			source.getNSlices() == target.getNSlices() && source.getNFrames() == target.getNFrames();
		shown = source.convertIndexToPosition(source.getCurrentSlice());
	}

	/**
	 * Gives the target what it inherits. The source stays as it is; what the target had itself is
	 * replaced.
	 *
	 * @return a sentence for the log for each thing that was scaled or dropped; empty if all was
	 *         carried over as it is
	 */
	public static List<String> between(final ImagePlus source, final ImagePlus target) {
		final CarryOver carryOver = new CarryOver(source, target);
		if (carryOver.sameShape()) carryOver.carry();
		else carryOver.noteOtherShape();
		return carryOver.notes;
	}

	/**
	 * As {@link #between(ImagePlus, ImagePlus)}, for a target that holds the source's pixels at some
	 * place, as after outpainting: nothing is scaled, origin, selection and overlay move.
	 *
	 * @param left pixels of the target at the left of the source
	 * @param top pixels of the target above the source
	 */
	public static List<String> between(final ImagePlus source, final ImagePlus target, final int left,
		final int top)
	{
		final CarryOver carryOver = new CarryOver(source, target, 1, 1, left, top);
		carryOver.carry();
		return carryOver.notes;
	}

	private void noteOtherShape() {
		if (isMarked() || source.getCalibration().scaled())
			notes.add("Pixel size, selection and overlay of " + source.getTitle() +
				" were not carried over: " + sizes() + " are different shapes.");
	}

	private boolean isMarked() {
		return source.getRoi() != null || source.getOverlay() != null;
	}

	private void carry() {
		target.setCalibration(calibration());
		if (source.getRoi() != null) target.setRoi(moved(source.getRoi()));
		if (source.getOverlay() != null) target.setOverlay(overlay(source.getOverlay()));
		if (isScaled() && (isMarked() || source.getCalibration().scaled()))
			notes.add("Pixel size, selection and overlay were scaled with the image: " + sizes() + ".");
	}

	private boolean sameShape() {
		final double slack = (double) STEP * Math.max(source.getWidth(), source.getHeight());
		return Math.abs((double) target.getWidth() * source.getHeight() -
			(double) target.getHeight() * source.getWidth()) <= slack;
	}

	private boolean isScaled() {
		return scaleX != 1 || scaleY != 1;
	}

	private String sizes() {
		return source.getWidth() + " × " + source.getHeight() + " and " + target.getWidth() + " × " +
			target.getHeight() + " pixels";
	}

	private Calibration calibration() {
		final Calibration calibration = source.getCalibration().copy();
		calibration.disableDensityCalibration();
		calibration.pixelWidth /= scaleX;
		calibration.pixelHeight /= scaleY;
		calibration.xOrigin = calibration.xOrigin * scaleX + left;
		calibration.yOrigin = calibration.yOrigin * scaleY + top;
		// The slice that is shown becomes the first one.
		if (!sameSlices) calibration.zOrigin -= shown[1] - 1;
		return calibration;
	}

	private Overlay overlay(final Overlay overlay) {
		final Overlay result = overlay.create();
		int others = 0;
		for (final Roi element : overlay.toArray()) {
			if (sameSlices || isShown(element)) result.add(moved(element));
			else others++;
		}
		if (others > 0) notes.add(
			others + " elements of the overlay belong to slices that are not shown and were left out.");
		return result;
	}

	private boolean isShown(final Roi element) {
		if (element.hasHyperStackPosition()) return isAt(element.getCPosition(), shown[0]) &&
			isAt(element.getZPosition(), shown[1]) && isAt(element.getTPosition(), shown[2]);
		return isAt(element.getPosition(), source.getCurrentSlice());
	}

	/** 0 stands for everywhere. */
	private static boolean isAt(final int position, final int current) {
		return position == 0 || position == current;
	}

	private Roi moved(final Roi roi) {
		final Roi result = isScaled() ? scaled(roi, scaleX, scaleY) : (Roi) roi.clone();
		if (left != 0 || top != 0) result.translate(left, top);
		if (!sameSlices) result.setPosition(0);
		else if (roi.hasHyperStackPosition())
			result.setPosition(roi.getCPosition(), roi.getZPosition(), roi.getTPosition());
		else result.setPosition(roi.getPosition());
		result.setImage(null);
		return result;
	}

	/**
	 * A copy, scaled about the upper left corner; rectangles and ovals stay what they are, which
	 * ImageJ's own scaler makes polygons of.
	 */
	static Roi scaled(final Roi roi, final double x, final double y) {
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
