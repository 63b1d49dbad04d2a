
package io.github.zimagefiji.image.source;

import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;

/**
 * The numbers of a plane as ImageJ tells them: by the image's density calibration where there is
 * one, which is also how ImageJ keeps signed 16-bit numbers.
 */
final class CalibratedPlane {

	private CalibratedPlane() {
		// only static methods
	}

	/** Whether an image's numbers are not those that its pixels hold. */
	static boolean isCalibrated(final ImagePlus image) {
		return image.getBitDepth() <= 16 && calibration(image).calibrated();
	}

	/**
	 * The numbers of a grey plane, row-major.
	 *
	 * @param image what the plane is of
	 */
	static float[] values(final ImagePlus image, final ImageProcessor plane) {
		final float[] values = new float[plane.getPixelCount()];
		final boolean calibrated = !(plane instanceof FloatProcessor) && isCalibrated(image);
		final Calibration calibration = calibration(image);
		for (int i = 0; i < values.length; i++)
			values[i] = calibrated ? (float) calibration.getCValue(plane.get(i)) : plane.getf(i);
		return values;
	}

	/** A pixel size that is set for all images would hide the image's own. */
	private static Calibration calibration(final ImagePlus image) {
		final Calibration own = image.getLocalCalibration();
		return own != null && own.calibrated() ? own : image.getCalibration();
	}
}
