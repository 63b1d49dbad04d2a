
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.image.Disks;
import io.github.zimagefiji.request.InputMask;

/** Labels and masks count by their calibrated numbers. */
class CalibratedPlaneTest {

	@TempDir
	Path folder;

	private static long painted(final InputMask mask) {
		long count = 0;
		for (int i = 0; i < mask.values().length; i++) {
			if (!mask.isPainted(i)) continue;
			assertTrue(Disks.at(i) > 0, "beside the disks");
			count++;
		}
		return count;
	}

	private static void assertDisks(final LabelImage labels) {
		assertEquals(3, labels.count());
		for (int i = 0; i < labels.labels().length; i++)
			assertEquals(Disks.at(i), labels.labels()[i], "pixel " + i);
	}

	private static void refused(final String why, final Runnable made) {
		assertRefused(made::run, why);
	}

	/** Raw numbers whose calibrated ones are the disks' labels. */
	private static ImagePlus calibrated(final ImageProcessor plane, final double intercept,
		final double slope, final int... raw)
	{
		for (int i = 0; i < plane.getPixelCount(); i++)
			plane.set(i, raw[Disks.at(i)]);
		final ImagePlus image = new ImagePlus("labels", plane);
		final Calibration calibration = new Calibration(image);
		calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] { intercept, slope }, "units");
		image.setCalibration(calibration);
		return image;
	}

	@Test
	void labelsOfFilesWithASignAreTheirNumbers() throws IOException {
		for (final ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
			final Path file = Disks.signedTiff(folder.resolve(order + ".tif"), order, 0, 1, 2, 3);
			assertDisks(LabelImage.open(file, PlaneChoice.SHOWN));
			assertDisks(LabelImage.of(IJ.openImage(file.toString()), PlaneChoice.SHOWN));
			final int[] found = LabelPlane.open(file, PlaneChoice.SHOWN).labels();
			assertEquals(Disks.AREA, Arrays.stream(found).filter(label -> label > 0).count());
			assertEquals(Disks.AREA,
				painted(MaskSource.ofLabels(LabelImage.open(file, PlaneChoice.SHOWN))));
		}
	}

	@Test
	void masksOfFilesWithASignAreTheirNumbers() throws IOException {
		for (final int white : new int[] { 1, 255, 32767 }) {
			final Path file = Disks.signedTiff(folder.resolve(white + ".tif"), ByteOrder.LITTLE_ENDIAN, 0,
				white, white, white);
			assertEquals(Disks.AREA, painted(MaskSource.openMask(file, PlaneChoice.SHOWN)));
			assertEquals(Disks.AREA,
				painted(MaskSource.ofMask(IJ.openImage(file.toString()), PlaneChoice.SHOWN)));
		}
	}

	@Test
	void negativeLabelsAreRefused() throws IOException {
		final Path file =
			Disks.signedTiff(folder.resolve("negative.tif"), ByteOrder.LITTLE_ENDIAN, 0, 1, -2, 3);
		refused("holds -2.0 at x = 90, y = 28", () -> LabelImage.open(file, PlaneChoice.SHOWN));
		refused("holds -1.0 at x = 0, y = 0", () -> LabelImage
			.of(calibrated(new ByteProcessor(128, 128), -1, 1, 0, 1, 2, 3), PlaneChoice.SHOWN));
	}

	@Test
	void labelsOfOpenImagesAreCalibrated() {
		assertDisks(LabelImage.of(calibrated(new ShortProcessor(128, 128), -10, 1, 10, 11, 12, 13),
			PlaneChoice.SHOWN));
		assertDisks(LabelImage.of(calibrated(new ByteProcessor(128, 128), 0, 0.1, 0, 10, 20, 30),
			PlaneChoice.SHOWN));
		assertDisks(LabelImage.of(calibrated(new ShortProcessor(128, 128), 3, -1, 3, 2, 1, 0),
			PlaneChoice.SHOWN));
		refused("holds 0.5", () -> LabelImage
			.of(calibrated(new ByteProcessor(128, 128), 0, 0.5, 0, 1, 2, 3), PlaneChoice.SHOWN));
		final FloatProcessor plane = new FloatProcessor(128, 128);
		for (int i = 0; i < plane.getPixelCount(); i++)
			plane.setf(i, Disks.at(i));
		assertDisks(LabelImage.of(new ImagePlus("labels", plane), PlaneChoice.SHOWN));
	}

	@Test
	void aPixelSizeForAllImagesHidesNoSign() throws IOException {
		final ImagePlus image = IJ.openImage(Disks
			.signedTiff(folder.resolve("signed.tif"), ByteOrder.LITTLE_ENDIAN, 0, 1, 2, 3).toString());
		final Calibration micrometres = new Calibration();
		micrometres.pixelWidth = 0.5;
		image.setGlobalCalibration(micrometres);
		try {
			assertDisks(LabelImage.of(image, PlaneChoice.SHOWN));
		}
		finally {
			image.setGlobalCalibration(null);
		}
	}

	@Test
	void calibratedMasksCountByTheirNumbers() {
		assertEquals(Disks.AREA,
			painted(MaskSource.ofMask(calibrated(new ShortProcessor(128, 128), 1000, -1, 1000, 0, 0, 0),
				PlaneChoice.SHOWN)));
		final ImagePlus turned = calibrated(new ByteProcessor(128, 128), 255, -1, 255, 0, 0, 0);
		refused("is displayed otherwise than its calibrated numbers",
			() -> MaskSource.ofMask(turned, PlaneChoice.SHOWN));
		assertEquals(Disks.AREA, painted(MaskSource.ofMask(
			calibrated(new ByteProcessor(128, 128), 0, 1 / 255.0, 0, 255, 255, 255), PlaneChoice.SHOWN)));
	}
}
