
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.Drawn;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.Conditions;

/**
 * Real runs of {@code zimage inpaint}: what is outside the mask comes back as it was.
 */
@Tag("engine")
class InpaintSubcommandTest {

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	/**
	 * Everything within the rectangle has changed, or nearly, and nothing outside.
	 */
	private static void assertOnlyChanged(final ImageProcessor before, final ImageProcessor after,
		final int left, final int top, final int right, final int bottom)
	{
		final int width = before.getWidth();
		final int height = before.getHeight();
		assertEquals(width + " × " + height, after.getWidth() + " × " + after.getHeight());
		assertEquals(before.getBitDepth(), after.getBitDepth());
		assertTrue(Drawn.difference(before, after, left, top, right, bottom) > 0.9);
		assertEquals(0, Drawn.difference(before, after, 0, 0, width, top));
		assertEquals(0, Drawn.difference(before, after, 0, bottom, width, height));
		assertEquals(0, Drawn.difference(before, after, 0, top, left, bottom));
		assertEquals(0, Drawn.difference(before, after, right, top, width, bottom));
	}

	@Test
	void leavesColoursOutsideTheMaskAsTheyAre() {
		final Path image = Golden.path("images/odd.png");
		Drawn.mask(file("mask.png"), 73, 119, 20, 30, 51, 77);
		Call.tiny("inpaint", "--image", image, "--mask", file("mask.png"), "--output", file("out.png"))
			.succeeded().told("Task: inpaint, strength 1.0", "Input: image odd.png",
				"Input: mask mask.png, 73 × 119 pixels, 1457 of them");
		assertOnlyChanged(Drawn.open(image).getProcessor(), Drawn.open(file("out.png")).getProcessor(),
			20, 30, 51, 77);
	}

	@ParameterizedTest
	@ValueSource(strings = { "display", "percentiles", "full" })
	void leavesSixteenBitsOutsideTheMaskAsTheyAreEvenBeyondTheRange(final String intensity) {
		Drawn.tiff16(file("in.tif"), 50, 37);
		Drawn.mask(file("mask.png"), 50, 37, 10, 5, 30, 20);
		Call.tiny("inpaint", "--image", file("in.tif"), "--mask", file("mask.png"), "--output",
			file("out.tif"), "--intensity", intensity).succeeded();
		assertOnlyChanged(Drawn.open(file("in.tif")).getProcessor(),
			Drawn.open(file("out.tif")).getProcessor(), 10, 5, 30, 20);
		assertEquals(0.25, Drawn.open(file("out.tif")).getCalibration().pixelWidth);
	}

	@Test
	void paintsOneObjectOfALabelImageOrAll() {
		Drawn.png(file("in.png"), 48, 48);
		Drawn.tiff(file("labels.tif"),
			new ImagePlus("labels", Drawn.shorts(48, 48, (x, y) -> y >= 16 && y < 32 ? x / 16 : 0)));
		final ImageProcessor before = Drawn.open(file("in.png")).getProcessor();
		Call
			.tiny("inpaint", "--image", file("in.png"), "--mask", file("labels.tif"), "--label", 2,
				"--output", file("one.png"))
			.succeeded().told("labels.tif, label 2, 48 × 48 pixels, 256 of them");
		assertOnlyChanged(before, Drawn.open(file("one.png")).getProcessor(), 32, 16, 48, 32);
		Call.tiny("inpaint", "--image", file("in.png"), "--mask", file("labels.tif"), "--mask-labels",
			"--output", file("all.png")).succeeded();
		assertOnlyChanged(before, Drawn.open(file("all.png")).getProcessor(), 16, 16, 48, 32);
	}

	@Test
	void takes65535Labels() {
		Drawn.png(file("in.png"), 256, 256);
		Drawn.tiff(file("labels.tif"),
			new ImagePlus("labels", Drawn.shorts(256, 256, (x, y) -> 256 * y + x)));
		final ImageProcessor before = Drawn.open(file("in.png")).getProcessor();
		Call.tiny("inpaint", "--image", file("in.png"), "--mask", file("labels.tif"), "--mask-labels",
			"--steps", 1, "--output", file("all.png")).succeeded().told("65535 of them");
		final ImageProcessor all = Drawn.open(file("all.png")).getProcessor();
		assertEquals(before.get(0, 0), all.get(0, 0));
		assertTrue(Drawn.difference(before, all) > 0.9);
		Call.tiny("inpaint", "--image", file("in.png"), "--mask", file("labels.tif"), "--label", 65535,
			"--steps", 1, "--output", file("last.png")).succeeded().told("1 of them");
		assertEquals(0,
			Drawn.difference(before, Drawn.open(file("last.png")).getProcessor(), 0, 0, 256, 255));
	}

	@Test
	void aMaskMayCoverEverything() {
		Drawn.png(file("in.png"), 40, 40);
		Drawn.mask(file("mask.png"), 40, 40, 0, 0, 40, 40);
		Call.tiny("inpaint", "--image", file("in.png"), "--mask", file("mask.png"), "--output",
			file("out.png")).succeeded();
		assertTrue(Drawn.difference(Drawn.open(file("in.png")).getProcessor(),
			Drawn.open(file("out.png")).getProcessor()) > 0.9);
	}

	@Test
	void mixesOldAndNewAtTheEdgeOfTheMask() {
		Drawn.png(file("in.png"), 48, 48);
		Drawn.mask(file("mask.png"), 48, 48, 8, 8, 40, 40);
		for (final int feather : new int[] { 0, 12 })
			Call.tiny("inpaint", "--image", file("in.png"), "--mask", file("mask.png"), "--feather",
				feather, "--strength", 0.9, "--output", file(feather + ".png")).succeeded();
		final ImageProcessor before = Drawn.open(file("in.png")).getProcessor();
		final ImageProcessor hard = Drawn.open(file("0.png")).getProcessor();
		final ImageProcessor soft = Drawn.open(file("12.png")).getProcessor();
		assertEquals(0, Drawn.difference(hard, soft, 22, 22, 26, 26), "the middle is as new");
		assertTrue(change(before, soft) < 0.5 * change(before, hard),
			change(before, soft) + " against " + change(before, hard));
		final Conditions conditions = PngFile.readProvenance(file("12.png")).orElseThrow().conditions();
		assertEquals(12, conditions.feather());
		assertEquals(0.9, conditions.strength());
	}

	/** How much the outermost column within the mask has changed, in green. */
	private static int change(final ImageProcessor before, final ImageProcessor after) {
		int sum = 0;
		for (int y = 8; y < 40; y++)
			sum += Math.abs((before.get(8, y) >> 8 & 0xff) - (after.get(8, y) >> 8 & 0xff));
		return sum;
	}

	@Test
	void takesTheSlicesOfImageAndMaskApart() {
		final ImageStack stack = new ImageStack(32, 32);
		for (int slice = 0; slice < 3; slice++)
			stack.addSlice(Drawn.colours(32, 32, 50 * slice));
		Drawn.tiff(file("stack.tif"), new ImagePlus("stack", stack));
		Drawn.mask(file("mask.png"), 32, 32, 8, 8, 24, 24);
		Call.tiny("inpaint", "--image", file("stack.tif"), "--slice", 2, "--mask", file("mask.png"),
			"--output", file("out.tif")).refused("mask.png", "no slice 2");
		Call.tiny("inpaint", "--image", file("stack.tif"), "--slice", 2, "--mask", file("mask.png"),
			"--mask-slice", 1, "--output", file("out.tif")).succeeded();
		assertOnlyChanged(stack.getProcessor(2), Drawn.open(file("out.tif")).getProcessor(), 8, 8, 24,
			24);
	}
}
