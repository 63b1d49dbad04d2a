
package io.github.zimagefiji.image.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.Disks;
import io.github.zimagefiji.image.TiffBytes;
import io.github.zimagefiji.request.InputMask;

/** A mask is painted as it is meant, or refused. */
class MaskKindTest {

	@TempDir
	Path folder;

	private static long painted(final InputMask mask) {
		long count = 0;
		for (int i = 0; i < mask.values().length; i++) {
			if (mask.isPainted(i)) count++;
			assertEquals(Disks.at(i) > 0, mask.isPainted(i), "pixel " + i);
		}
		return count;
	}

	private static InputMask mask(final ImageProcessor plane) {
		return MaskSource.ofMask(new ImagePlus("m", plane), PlaneChoice.SHOWN);
	}

	private static String refusal(final Runnable made) {
		return assertThrows(InvalidInputException.class, made::run).getMessage();
	}

	private static <P extends ImageProcessor> P drawn(final P plane, final int... values) {
		for (int i = 0; i < plane.getPixelCount(); i++) {
			if (plane instanceof FloatProcessor) plane.setf(i, values[Disks.at(i)]);
			else plane.set(i, values[Disks.at(i)]);
		}
		return plane;
	}

	private static void labelHint(final ImageProcessor plane) {
		final String why = refusal(() -> mask(plane));
		assertTrue(why.contains("--mask-labels") && why.contains("mask_from=labels"), why);
	}

	@Test
	void labelImagesAreRefusedWithTheHint() {
		labelHint(drawn(new ByteProcessor(128, 128), 0, 100, 150, 200));
		labelHint(drawn(new ByteProcessor(128, 128), 0, 1, 2, 3));
		labelHint(drawn(new ByteProcessor(128, 128), 0, 1, 200, 255));
		labelHint(drawn(new ShortProcessor(128, 128), 0, 1, 2, 3));
		labelHint(drawn(new ShortProcessor(128, 128), 0, 7, 1000, 1001));
		labelHint(drawn(new FloatProcessor(128, 128), 0, 1, 2, 3));
		labelHint(drawn(new ColorProcessor(128, 128), 0, 0xff0000, 0x00ff00, 0x0000ff));
	}

	/** Of one pixel, of 2 × 2, or a line; each has its number. */
	@Test
	void labelImagesOfSmallAndThinObjectsAreRefused() {
		final ShortProcessor spots = new ShortProcessor(32, 32);
		spots.set(5, 5, 1);
		spots.set(20, 9, 200);
		labelHint(spots);
		final ShortProcessor squares = new ShortProcessor(32, 32);
		for (int label = 1; label <= 9; label++) {
			squares.setValue(label);
			squares.setRoi(label % 3 * 8, label / 4 * 8, 2, 2);
			squares.fill();
		}
		labelHint(squares);
		final ByteProcessor lines = new ByteProcessor(32, 32);
		lines.setValue(40);
		lines.drawLine(2, 3, 30, 17);
		lines.setValue(255);
		lines.drawLine(2, 13, 30, 27);
		labelHint(lines);
	}

	@Test
	void confluentLabelImagesAreRefused() {
		final ShortProcessor plane = new ShortProcessor(128, 128);
		for (int i = 0; i < plane.getPixelCount(); i++)
			plane.set(i, 1 + i % 128 / 8 + 16 * (i / 128 / 8));
		labelHint(plane);
	}

	@Test
	void labelsThatAreAllBrightAreAMask() {
		assertEquals(Disks.AREA, painted(mask(drawn(new ByteProcessor(128, 128), 0, 128, 200, 255))));
		assertEquals(Disks.AREA, painted(mask(drawn(new ShortProcessor(128, 128), 0, 3, 4, 5))));
	}

	@Test
	void softEdgesAreNoLabels() {
		final ByteProcessor smooth = new ByteProcessor(128, 128);
		for (int i = 0; i < smooth.getPixelCount(); i++)
			smooth.set(i, (int) Math.round(255 * Disks.covered(i)));
		mask(smooth);
		for (final double sigma : new double[] { 0.7, 2, 5, 12 }) {
			final ImageProcessor blurred = drawn(new ByteProcessor(128, 128), 0, 255, 255, 255);
			blurred.blurGaussian(sigma);
			blurred.multiply(255 / blurred.getStatistics().max);
			mask(blurred);
			mask(blurred.convertToShortProcessor(false));
			mask(blurred.convertToFloatProcessor());
		}
	}

	@Test
	void aMaskThatIsDarkEverywhereSaysHowDark() {
		final String why = refusal(() -> mask(drawn(new ByteProcessor(128, 128), 0, 1, 1, 1)));
		assertTrue(why.contains("--mask-labels"), why);
		final ByteProcessor dim = new ByteProcessor(4, 1, new byte[] { 0, 90, 0, 90 });
		assertTrue(refusal(() -> mask(dim)).contains("its brightest pixel has 90 of 255"));
	}

	@Test
	void aMaskThatCoversAllIsToldOf() {
		final InputMask all = mask(IJ.createImage("all", "8-bit white", 8, 8, 1).getProcessor());
		assertTrue(all.coversAll());
		assertEquals(List.of("The mask \"m\" covers the whole image: every pixel is painted anew."),
			all.cautions());
		final InputMask some = mask(drawn(new ByteProcessor(128, 128), 0, 255, 255, 255));
		assertFalse(some.coversAll());
		assertEquals(List.of(), some.cautions());
	}

	private Path png(final int clear, final int... opaque) throws IOException {
		final BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_ARGB);
		for (int i = 0; i < 128 * 128; i++)
			image.setRGB(i % 128, i / 128,
				Disks.at(i) == 0 ? clear : opaque[(Disks.at(i) - 1) % opaque.length]);
		final Path file = folder.resolve("mask.png");
		ImageIO.write(image, "png", file.toFile());
		return file;
	}

	@ParameterizedTest
	@ValueSource(ints = { 0xff000000, 0xffffffff, 0xff00ff00, 0xff7f7f7f })
	void opacityDecidesWhereAllThatIsSeenHasOneColour(final int paint) throws IOException {
		for (final int clear : new int[] { 0, 0x00ffffff, 0x10ff0000 })
			assertEquals(Disks.AREA, painted(MaskSource.openMask(png(clear, paint), PlaneChoice.SHOWN)));
	}

	@Test
	void opacityAndColoursThatDifferAreRefused() throws IOException {
		for (final int[] paints : new int[][] { { 0xffffffff, 0xff000000 }, { 0xffff0000, 0xff00ff00 },
			{ 0xffffffff, 0x90000000 } })
		{
			final Path file = png(0, paints);
			assertTrue(refusal(() -> MaskSource.openMask(file, PlaneChoice.SHOWN))
				.contains("transparent pixels and several colours"));
		}
		final Path nothing = png(0x00ffffff, 0x00000000);
		assertTrue(refusal(() -> MaskSource.openMask(nothing, PlaneChoice.SHOWN))
			.contains("is transparent everywhere"));
	}

	@Test
	void colourDecidesWhereAllIsOpaque() throws IOException {
		assertEquals(Disks.AREA,
			painted(MaskSource.openMask(png(0xff000000, 0xffffffff), PlaneChoice.SHOWN)));
	}

	@Test
	void channelsThatAreShownTogetherAreNoMask() {
		final ImageStack stack = new ImageStack(128, 128);
		stack.addSlice(drawn(new ByteProcessor(128, 128), 0, 255, 0, 0));
		stack.addSlice(drawn(new ByteProcessor(128, 128), 0, 255, 255, 255));
		final ImagePlus image = new ImagePlus("two", stack);
		image.setDimensions(2, 1, 1);
		final CompositeImage together = new CompositeImage(image, IJ.COMPOSITE);
		for (final Runnable made : new Runnable[] {
			() -> MaskSource.ofMask(together, PlaneChoice.SHOWN),
			() -> LabelImage.of(together, PlaneChoice.SHOWN) })
			assertTrue(refusal(made).contains("shows 2 channels together"));
		assertEquals(Disks.AREA, painted(MaskSource.ofMask(together, PlaneChoice.ofChannel(2))));
		together.setMode(IJ.GRAYSCALE);
		together.setC(2);
		assertEquals(1, LabelImage.of(together, PlaneChoice.SHOWN).count());
	}

	/** As tifffile stores booleans; programs disagree about what is marked. */
	@Test
	void filesWithZeroAsWhiteAreRefusedUnlessTheyAreLabels() throws IOException {
		final byte[] bits = new byte[Disks.SIDE * Disks.SIDE / 8];
		for (int i = 0; i < Disks.SIDE * Disks.SIDE; i++)
			if (Disks.at(i) > 0) bits[i / 8] |= (byte) (128 >> i % 8);
		final Path file = zeroIs(0, 1, bits);
		final String message = refusal(() -> MaskSource.openMask(file, PlaneChoice.SHOWN));
		assertTrue(message.contains("0 as white") && message.contains("--mask-labels"), message);
		assertEquals(Disks.AREA,
			painted(MaskSource.ofLabels(LabelImage.open(file, PlaneChoice.SHOWN))));
		assertEquals(Disks.AREA, painted(MaskSource.openMask(zeroIs(1, 1, bits), PlaneChoice.SHOWN)));
		final ByteProcessor plane = drawn(new ByteProcessor(Disks.SIDE, Disks.SIDE), 0, 255, 255, 255);
		plane.invertLut();
		final Path saved = folder.resolve("saved.tif");
		IJ.saveAsTiff(new ImagePlus("m", plane), saved.toString());
		assertTrue(refusal(() -> MaskSource.openMask(saved, PlaneChoice.SHOWN)).contains("0 as white"));
	}

	private Path zeroIs(final long colour, final long depth, final byte[] data) throws IOException {
		final long[] side = { Disks.SIDE };
		return Files.write(folder.resolve("zero-" + colour + ".tif"),
			new TiffBytes(false, ByteOrder.LITTLE_ENDIAN)
				.page(Map.of(256, side, 257, side, 258, new long[] { depth }, 259, new long[] { 1 }, 262,
					new long[] { colour }, 277, new long[] { 1 }, 278, side), List.of(data))
				.make());
	}
}
