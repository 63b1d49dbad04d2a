
package io.github.zimagefiji.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.PolygonRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.gui.TextRoi;
import ij.io.FileSaver;
import ij.measure.Calibration;
import io.github.zimagefiji.request.IntensityRange;

class CarryOverTest {

	private static ImagePlus image(final int width, final int height) {
		return IJ.createImage("source", "8-bit black", width, height, 1);
	}

	private static ImagePlus rgb(final int width, final int height) {
		return IJ.createImage("result", "RGB black", width, height, 1);
	}

	private static ImagePlus calibrated(final ImagePlus image) {
		final Calibration calibration = image.getCalibration();
		calibration.setUnit("µm");
		calibration.pixelWidth = 0.25;
		calibration.pixelHeight = 0.5;
		calibration.pixelDepth = 2;
		calibration.xOrigin = 10;
		calibration.yOrigin = 20;
		calibration.zOrigin = 3;
		calibration.frameInterval = 1.5;
		return image;
	}

	@Test
	void anImageOfTheSameSizeGetsEverythingAsItIs() {
		final ImagePlus source = calibrated(image(128, 96));
		source.setRoi(new OvalRoi(3, 4, 50, 40));
		source.setOverlay(new Overlay(new Line(1, 2, 3, 4)));
		final ImagePlus result = rgb(128, 96);
		assertEquals(List.of(), CarryOver.between(source, result));
		final Calibration calibration = result.getCalibration();
		assertEquals("µm", calibration.getUnit());
		assertEquals(0.25, calibration.pixelWidth);
		assertEquals(0.5, calibration.pixelHeight);
		assertEquals(2, calibration.pixelDepth);
		assertEquals(1.5, calibration.frameInterval);
		assertEquals(10, calibration.xOrigin);
		assertEquals(3, calibration.zOrigin);
		assertEquals(new Rectangle(3, 4, 50, 40), result.getRoi().getBounds());
		assertEquals(1, result.getOverlay().size());
		result.getRoi().setLocation(0, 0);
		result.getOverlay().clear();
		calibration.pixelWidth = 7;
		assertEquals(3, source.getRoi().getBounds().x);
		assertEquals(1, source.getOverlay().size());
		assertEquals(0.25, source.getCalibration().pixelWidth);
	}

	@Test
	void aPixelThatIsTwiceAsWideStaysAtItsPlaceInTheWorld() {
		final ImagePlus source = calibrated(image(256, 256));
		final ImagePlus result = rgb(128, 128);
		assertTrue(CarryOver.between(source, result).get(0)
			.contains("scaled with the image: 256 × 256 and 128 × 128"));
		for (final double[] point : new double[][] { { 0, 0 }, { 100, 200 }, { 256, 256 } }) {
			assertEquals(source.getCalibration().getX(point[0]),
				result.getCalibration().getX(point[0] / 2), 1e-12);
			assertEquals(source.getCalibration().getY(point[1]),
				result.getCalibration().getY(point[1] / 2), 1e-12);
		}
	}

	@Test
	void selectionsOfEveryKindAreScaled() {
		final Roi[] kinds =
			{ new Roi(10, 20, 30, 40), new OvalRoi(10, 20, 30, 40), new Line(10, 20, 40, 60),
				new PolygonRoi(new float[] { 10, 40, 40 }, new float[] { 20, 20, 60 }, Roi.POLYGON),
				new PointRoi(new float[] { 10, 40 }, new float[] { 20, 60 }),
				new ShapeRoi(new Roi(10, 20, 30, 40)).or(new ShapeRoi(new Roi(30, 50, 10, 10))),
				new Roi(10, 20, 30, 40, 8) };
		for (final Roi kind : kinds) {
			kind.setName("named");
			kind.setStrokeColor(Color.MAGENTA);
			final ImagePlus source = image(128, 128);
			source.setRoi(kind);
			final ImagePlus result = rgb(256, 256);
			CarryOver.between(source, result);
			final Roi scaled = result.getRoi();
			assertNotSame(kind, scaled);
			assertEquals(20, scaled.getFloatBounds().x, 1, kind.toString());
			assertEquals(40, scaled.getFloatBounds().y, 1, kind.toString());
			assertEquals(80, scaled.getFloatBounds().getMaxX(), 1.5, kind.toString());
			assertEquals(120, scaled.getFloatBounds().getMaxY(), 1.5, kind.toString());
			assertEquals("named", scaled.getName());
			assertEquals(Color.MAGENTA, scaled.getStrokeColor());
		}
	}

	@Test
	void rectanglesAndOvalsStayWhatTheyAre() {
		assertEquals(Roi.RECTANGLE, CarryOver.scaled(new Roi(1, 2, 3, 4), 2, 2).getType());
		assertEquals(Roi.OVAL, CarryOver.scaled(new OvalRoi(1, 2, 3, 4), 2, 2).getType());
		assertTrue(CarryOver.scaled(new TextRoi(1, 2, "nucleus"), 2, 2) instanceof TextRoi);
		final Roi wide = new Roi(1, 2, 3, 4);
		wide.setStrokeWidth(3);
		assertEquals(6, CarryOver.scaled(wide, 2, 2).getStrokeWidth());
	}

	/**
	 * Models make multiples of 16 pixels only: 100 × 75 becomes 96 × 80 or 112 × 80, and is still the
	 * same picture.
	 */
	@ParameterizedTest
	@CsvSource({ "100, 75, 96, 80, true", "100, 75, 112, 80, true", "1000, 750, 1024, 768, true",
		"128, 128, 128, 96, false", "512, 512, 1024, 512, false", "2048, 1024, 512, 256, true",
		"100, 30, 96, 32, true", "100, 30, 96, 96, false" })
	void onlyImagesOfTheSameShapeInherit(final int width, final int height, final int newWidth,
		final int newHeight, final boolean inherits)
	{
		final ImagePlus source = calibrated(image(width, height));
		source.setRoi(0, 0, width, height);
		final ImagePlus result = rgb(newWidth, newHeight);
		final List<String> notes = CarryOver.between(source, result);
		assertEquals(inherits, result.getCalibration().scaled());
		assertEquals(inherits, result.getRoi() != null);
		assertEquals(1, notes.size());
		assertEquals(!inherits, notes.get(0).contains("were not carried over"), notes.get(0));
		if (inherits)
			assertEquals(new Rectangle(0, 0, newWidth, newHeight), result.getRoi().getBounds());
	}

	@Test
	void thereIsNothingToSayOfAnImageWithoutAnything() {
		assertEquals(List.of(), CarryOver.between(image(128, 128), rgb(64, 64)));
		assertEquals(List.of(), CarryOver.between(image(128, 128), rgb(64, 256)));
	}

	@Test
	void whatLiesWithinALargerImageMovesThere() {
		final ImagePlus source = calibrated(image(40, 30));
		source.setRoi(new OvalRoi(3, 4, 20, 10));
		source.setOverlay(new Overlay(new Roi(1, 2, 5, 5)));
		source.getOverlay().add(new Line(1, 2, 3, 4));
		final ImagePlus result = rgb(60, 80);
		assertEquals(List.of(), CarryOver.between(source, result, 7, 50));
		assertEquals(new Rectangle(10, 54, 20, 10), result.getRoi().getBounds());
		assertEquals(new Rectangle(8, 52, 5, 5), result.getOverlay().get(0).getBounds());
		assertEquals(8, result.getOverlay().get(1).getBounds().x);
		assertEquals(new Rectangle(3, 4, 20, 10), source.getRoi().getBounds());
		assertEquals(source.getCalibration().getX(12), result.getCalibration().getX(19));
		assertEquals(source.getCalibration().getY(12), result.getCalibration().getY(62));
	}

	@Test
	void aResultInTheSourcesOwnTypeInherits() {
		final ImagePlus source = calibrated(IJ.createHyperStack("source", 32, 16, 2, 1, 1, 16));
		source.setRoi(new OvalRoi(3, 4, 20, 10));
		final ImagePlus result =
			SourceImage.of(source, IntensityRange.DISPLAY).restore(List.of(Examples.image("p", 1)));
		assertEquals(List.of(), CarryOver.between(source, result));
		assertEquals(0.25, result.getCalibration().pixelWidth);
		assertEquals(new Rectangle(3, 4, 20, 10), result.getRoi().getBounds());
		assertTrue(result.isComposite());
	}

	@Test
	void grayLevelsAreNotTakenForDensities() {
		final ImagePlus source = image(32, 32);
		source.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] { 1, 2 }, "OD");
		final ImagePlus result = image(32, 32);
		CarryOver.between(source, result);
		assertFalse(result.getCalibration().calibrated());
		assertTrue(source.getCalibration().calibrated());
	}

	@Test
	void aResultOfOneSliceGetsTheElementsOfThatSlice() {
		final ImagePlus source = calibrated(IJ.createImage("source", "16-bit black", 64, 64, 5));
		source.setSlice(3);
		final Overlay overlay = new Overlay();
		for (int slice = 0; slice <= 5; slice++) {
			final Roi element = new Roi(slice, 0, 5, 5);
			element.setPosition(slice);
			overlay.add(element);
		}
		source.setOverlay(overlay);
		final ImagePlus result = rgb(64, 64);
		final List<String> notes = CarryOver.between(source, result);
		assertEquals(2, result.getOverlay().size());
		assertEquals(0, result.getOverlay().get(0).getBounds().x);
		assertEquals(3, result.getOverlay().get(1).getBounds().x);
		assertEquals(0, result.getOverlay().get(1).getPosition());
		assertTrue(notes.get(0).startsWith("4 elements of the overlay"), notes.get(0));
		assertEquals(1, result.getCalibration().zOrigin, "slice 3 was at 3, and is now the first");
	}

	@Test
	void aHyperstackOfTheSameSlicesKeepsPositions() {
		final ImagePlus source = IJ.createHyperStack("source", 32, 32, 2, 3, 2, 8);
		final Roi element = new Roi(1, 1, 5, 5);
		element.setPosition(2, 3, 1);
		source.setOverlay(new Overlay(element));
		final ImagePlus same = IJ.createHyperStack("result", 64, 64, 2, 3, 2, 8);
		CarryOver.between(source, same);
		final Roi kept = same.getOverlay().get(0);
		assertEquals(List.of(2, 3, 1),
			List.of(kept.getCPosition(), kept.getZPosition(), kept.getTPosition()));
		source.setPosition(2, 3, 1);
		final ImagePlus shown = rgb(32, 32);
		CarryOver.between(source, shown);
		assertEquals(1, shown.getOverlay().size());
		assertFalse(shown.getOverlay().get(0).hasHyperStackPosition());
		source.setPosition(1, 3, 1);
		CarryOver.between(source, shown);
		assertEquals(0, shown.getOverlay().size());
	}

	@Test
	void whatWasCarriedOverIsSavedWithTheImage(@TempDir final Path folder) {
		final ImagePlus source = calibrated(image(64, 32));
		source.setRoi(new OvalRoi(8, 4, 16, 16));
		source.setOverlay(new Overlay(new Roi(2, 2, 4, 4)));
		final ImagePlus result = Images.toImagePlus(List.of(Examples.image("cells", 7)));
		CarryOver.between(source, result);
		final String file = folder.resolve("result.tif").toString();
		assertTrue(new FileSaver(result).saveAsTiff(file));
		final ImagePlus opened = IJ.openImage(file);
		assertEquals("µm", opened.getCalibration().getUnit());
		assertEquals(0.5, opened.getCalibration().pixelWidth, 1e-6);
		assertEquals(new Rectangle(4, 2, 8, 8), opened.getRoi().getBounds());
		assertEquals(new Rectangle(1, 1, 2, 2), opened.getOverlay().get(0).getBounds());
		assertEquals(7, ImageProvenance.of(opened).orElseThrow().request().seed());
		assertNull(opened.getStack().getProcessor(1).getMask());
	}
}
