
package io.github.zimagefiji.image.source;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.InputMask;

/** Makes a mask of a plane without transparency. */
final class MaskPlane {

	/** How a label image is called one. */
	static final String LABELS_WAYS =
		"--mask-labels on the command line, mask_from=labels in a macro, \"labels\" in the dialog, " +
			"MaskSource.ofLabels in a script.";
	/** What else a picture may be. */
	private static final String LABELS_HINT = "If it is a label image, say so: " + LABELS_WAYS;

	private final ImagePlus image;
	private final ImageProcessor plane;

	private MaskPlane(final ImagePlus image, final ImageProcessor plane) {
		this.image = image;
		this.plane = plane;
	}

	/**
	 * The mask, as {@link MaskSource#ofMask} says.
	 *
	 * @param plane a copy
	 * @throws InvalidInputException if it is none
	 */
	static InputMask of(final ImagePlus image, final ImageProcessor plane) {
		return new MaskPlane(image, plane).mask();
	}

	/**
	 * Whether a plane has whole areas between black and white, as label images have.
	 *
	 * @param plane a copy
	 */
	static boolean looksLikeLabels(final ImagePlus image, final ImageProcessor plane) {
		final MaskPlane mask = new MaskPlane(image, plane);
		return !(plane instanceof ColorProcessor) &&
			new MaskKind(plane.getWidth(), mask.isShown() ? mask.displayed() : mask.relative())
				.darkArea() >= 0;
	}

	private boolean isShown() {
		return plane instanceof ByteProcessor || plane instanceof ColorProcessor;
	}

	private InputMask mask() {
		final boolean shown = isShown();
		final float[] values = shown ? displayed() : relative();
		if (shown && CalibratedPlane.isCalibrated(image)) checkCalibrated(values);
		final int dark = new MaskKind(plane.getWidth(), values).darkArea();
		if (dark >= 0) throw new InvalidInputException("The mask \"" + image.getTitle() +
			"\" has areas between black and white, such as around x = " + dark % plane.getWidth() +
			", y = " + dark / plane.getWidth() +
			", of which it cannot be said whether they are to be painted. " + LABELS_HINT +
			" Otherwise make it black and white.");
		checkBrightest(values);
		return new InputMask(image.getTitle(), plane.getWidth(), plane.getHeight(), values);
	}

	private void checkBrightest(final float[] values) {
		float most = 0;
		for (final float value : values)
			most = Math.max(most, value);
		if (most > 0 && most < InputMask.THRESHOLD) throw new InvalidInputException(
			"The mask \"" + image.getTitle() + "\" is empty: its brightest pixel has " +
				Math.round(most * 255) + " of 255, and only what has 128 or more is painted. " +
				LABELS_HINT + " Otherwise draw the mask in white on black.");
	}

	private float[] displayed() {
		if (plane instanceof ByteProcessor && image.getStackSize() > 1)
			plane.setLut(image.getProcessor().getLut());
		final ColorProcessor shown = (ColorProcessor) plane.convertToRGB();
		final float[] values = new float[shown.getPixelCount()];
		for (int i = 0; i < values.length; i++) {
			final int colour = shown.get(i);
			values[i] = Intensities.luma((colour >> 16 & 0xff) / 255f, (colour >> 8 & 0xff) / 255f,
				(colour & 0xff) / 255f);
		}
		return values;
	}

	private float[] relative() {
		final float[] values = CalibratedPlane.values(image, plane);
		float most = 0;
		for (int i = 0; i < values.length; i++) {
			if (!Float.isFinite(values[i])) throw new InvalidInputException("The mask \"" +
				image.getTitle() + "\" holds " + values[i] + " at x = " + i % plane.getWidth() + ", y = " +
				i / plane.getWidth() + ". Replace what is no number before.");
			most = Math.max(most, values[i]);
		}
		final boolean inverted = image.isInvertedLut();
		for (int i = 0; i < values.length; i++) {
			final float value = most > 0 ? Math.max(values[i], 0) / most : 0;
			values[i] = inverted ? 1 - value : value;
		}
		return values;
	}

	/** A density calibration may turn dark and bright round, and no LUT tells. */
	private void checkCalibrated(final float[] values) {
		final float[] calibrated = relative();
		for (int i = 0; i < values.length; i++) {
			if (calibrated[i] >= InputMask.THRESHOLD == values[i] >= InputMask.THRESHOLD) continue;
			throw new InvalidInputException("The mask \"" + image.getTitle() +
				"\" is displayed otherwise than its calibrated numbers are, such as at x = " +
				i % plane.getWidth() + ", y = " + i / plane.getWidth() +
				". Remove the calibration (Analyze > Calibrate..., function None), or make it black and white.");
		}
	}
}
