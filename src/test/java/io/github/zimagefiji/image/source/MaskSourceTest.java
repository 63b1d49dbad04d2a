
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.ShapeRoi;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.TextToImageRequest;

class MaskSourceTest {

	@Test
	void theInsideOfASelectionIsPainted() {
		final ImagePlus image = IJ.createImage("cells", "16-bit ramp", 30, 20, 1);
		final Roi[] areas = { new Roi(2, 3, 10, 5), new OvalRoi(1, 1, 18, 12),
			new ShapeRoi(new Roi(0, 0, 9, 9)).not(new ShapeRoi(new Roi(2, 2, 3, 3))),
			new Roi(25, 15, 40, 40) };
		for (final Roi area : areas) {
			image.setRoi(area);
			final InputMask mask = MaskSource.ofSelection(image);
			for (int i = 0; i < 600; i++)
				assertEquals(area.contains(i % 30, i / 30), mask.isPainted(i), area + " at " + i);
		}
	}

	@Test
	void aSelectionThatIsNoAreaIsRefused() {
		final ImagePlus image = IJ.createImage("cells", "8-bit black", 30, 20, 1);
		refused("has no selection", () -> MaskSource.ofSelection(image));
		for (final Roi roi : new Roi[] { new Line(1, 1, 9, 9), new PointRoi(3, 3) }) {
			image.setRoi(roi);
			refused("is no area (" + roi.getTypeAsString() + ")", () -> MaskSource.ofSelection(image));
		}
		image.setRoi(new Roi(100, 100, 5, 5), false);
		refused("is empty", () -> MaskSource.ofSelection(image));
	}

	@Test
	void eightBitMasksCountAsTheyAreShown() {
		final ByteProcessor plane =
			new ByteProcessor(4, 1, new byte[] { 0, 127, (byte) 128, (byte) 255 });
		final ImagePlus image = new ImagePlus("mask", plane);
		painted(image, false, false, true, true);
		plane.invertLut();
		painted(new ImagePlus("mask", plane), true, true, false, false);
		final ImagePlus dark =
			new ImagePlus("mask", new ByteProcessor(4, 1, new byte[] { 0, 1, 0, 1 }));
		refused("is empty", () -> MaskSource.ofMask(dark, PlaneChoice.SHOWN));
		dark.setDisplayRange(0, 1);
		painted(dark, false, true, false, true);
	}

	@Test
	void otherMasksCountByTheirLargestValue() {
		painted(new ImagePlus("mask", new ShortProcessor(4, 1, new short[] { 0, 100, 150, 255 }, null)),
			false, false, true, true);
		painted(new ImagePlus("mask", new FloatProcessor(4, 1, new float[] { -5, 0.4f, 0.5f, 1 })),
			false, false, true, true);
		painted(
			new ImagePlus("mask",
				new ColorProcessor(4, 1, new int[] { 0, 0xff0000, 0x00ff00, 0xffffff })),
			false, false, true, true);
		final FloatProcessor bad = new FloatProcessor(2, 2, new float[] { 1, 0, 0, Float.NaN });
		refused("NaN at x = 1, y = 1",
			() -> MaskSource.ofMask(new ImagePlus("mask", bad), PlaneChoice.SHOWN));
	}

	@Test
	void allLabelsOrOneArePainted() {
		final short[] labels = new short[65536];
		for (int i = 0; i < labels.length; i++)
			labels[i] = (short) i;
		final LabelImage image = LabelImage
			.of(new ImagePlus("labels", new ShortProcessor(256, 256, labels, null)), PlaneChoice.SHOWN);
		assertEquals(65535, image.count());
		final InputMask all = MaskSource.ofLabels(image);
		assertTrue(!all.isPainted(0) && all.isPainted(1) && all.isPainted(65535));
		final InputMask one = MaskSource.ofLabel(image, 65535);
		assertTrue(!one.isPainted(65534) && one.isPainted(65535));
		refused("does not hold the label 65536", () -> MaskSource.ofLabel(image, 65536));
		refused("does not hold the label 0", () -> MaskSource.ofLabel(image, 0));
	}

	@Test
	void imagesThatHoldNoLabelsAreRefused() {
		refused("holds no label",
			() -> LabelImage.of(IJ.createImage("empty", "16-bit black", 4, 3, 1), PlaneChoice.SHOWN));
		refused("is in colour",
			() -> LabelImage.of(IJ.createImage("rgb", "RGB white", 4, 3, 1), PlaneChoice.SHOWN));
		for (final float wrong : new float[] { 1.5f, -1, Float.NaN, Float.POSITIVE_INFINITY,
			1 << 25 })
		{
			final FloatProcessor plane = new FloatProcessor(3, 2);
			plane.setf(2, 1, wrong);
			refused(wrong + " at x = 2, y = 1",
				() -> LabelImage.of(new ImagePlus("labels", plane), PlaneChoice.SHOWN));
		}
	}

	@Test
	void masksAreReadFromFiles(@TempDir final Path folder) {
		final ImagePlus image = IJ.createImage("mask", "8-bit black", 6, 4, 1);
		image.getProcessor().set(3, 2, 200);
		final Path file = folder.resolve("mask ü.png");
		assertTrue(new FileSaver(image).saveAsPng(file.toString()));
		final InputMask mask = MaskSource.openMask(file, PlaneChoice.SHOWN);
		assertEquals("mask ü.png", mask.name());
		assertTrue(mask.isPainted(2 * 6 + 3));
		assertEquals(1, LabelImage.open(file, PlaneChoice.SHOWN).count());
	}

	@Test
	void aMaskOfAnotherSizeThanTheImageIsRefusedByTheRequest() {
		final InputMask mask =
			MaskSource.ofMask(IJ.createImage("mask", "8-bit white", 6, 4, 1), PlaneChoice.SHOWN);
		refused("6 × 4 pixels, but the image \"cells\" has 4 × 6",
			() -> new InpaintRequest(TextToImageRequest.builder("p").build(),
				SourceImage.of(IJ.createImage("cells", "8-bit ramp", 4, 6, 1), IntensityRange.FULL).input(),
				mask));
	}

	private static void painted(final ImagePlus image, final boolean... wanted) {
		final InputMask mask = MaskSource.ofMask(image, PlaneChoice.SHOWN);
		final boolean[] painted = new boolean[wanted.length];
		for (int i = 0; i < painted.length; i++)
			painted[i] = mask.isPainted(i);
		assertArrayEquals(wanted, painted);
	}

	private static void refused(final String why, final Runnable made) {
		assertRefused(made::run, why);
	}
}
