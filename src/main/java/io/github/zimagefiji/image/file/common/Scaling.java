
package io.github.zimagefiji.image.file.common;

import ij.ImagePlus;
import ij.measure.Calibration;

/** What a file says of the numbers that its stored ones stand for. */
public final class Scaling {

	private static final int SIGNED = 32768;

	private Scaling() {
		// only static methods
	}

	/**
	 * Gives an image ImageJ's straight line: number × slope + intercept.
	 *
	 * @param signed whether numbers of 16 bits are stored 32768 higher
	 */
	public static void apply(final ImagePlus image, final double slope, final double intercept,
		final boolean signed)
	{
		if (!signed && slope == 1 && intercept == 0) return;
		image.getCalibration().setFunction(Calibration.STRAIGHT_LINE,
			new double[] { signed ? intercept - SIGNED * slope : intercept, slope }, "Gray Value");
	}
}
