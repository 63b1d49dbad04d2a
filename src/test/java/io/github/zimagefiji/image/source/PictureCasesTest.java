
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.StoredImage;

/** Files of other programs that were once read wrong, in silence. */
class PictureCasesTest {

	private static Path file(final String name) {
		try {
			return Path.of(PictureCasesTest.class.getResource("/pictures/" + name).toURI());
		}
		catch (final java.net.URISyntaxException e) {
			throw new IllegalStateException(e);
		}
	}

	private static StoredImage open(final String name) {
		return ImageFile.read(file(name), PlaneChoice.SHOWN);
	}

	private static void near(final int colour, final ImageProcessor plane, final int x, final int y,
		final int tolerance)
	{
		for (int shift = 0; shift <= 16; shift += 8)
			assertEquals(colour >> shift & 0xff, plane.get(x, y) >> shift & 0xff, tolerance,
				x + ", " + y + ": " + Integer.toHexString(plane.get(x, y)));
	}

	@Test
	void jpegInTiffIsDecoded() {
		near(0x0000ff, open("i_rgb_jpeg.tif").image().getProcessor(), 0, 0, 3);
		near(0x6f3790, open("i_rgb_jpeg.tif").image().getProcessor(), 42, 32, 6);
		// this one holds RGB without saying so
		assertEquals(24, open("i_ycbcr_jpeg.tif").image().getBitDepth());
		assertTrue(open("l_jpeg_u1_nopred.tif").lossy());
		assertRefused(() -> LabelPlane.open(file("l_jpeg_u1_nopred.tif"), PlaneChoice.SHOWN),
			"changes the numbers of labels");
	}

	@Test
	void predictorsAreUndoneOrRefused() {
		final float[] ramp = (float[]) open("f_pred3_grad.tif").image().getProcessor().getPixels();
		for (int i = 0; i < ramp.length; i++)
			assertEquals(i % 128 / 127f, ramp[i], 1e-6f);
		assertEquals(3, LabelImage.open(file("f_pred3_labels.tif"), PlaneChoice.SHOWN).count());
		assertRefused(() -> open("l_packbits_u1_pred.tif"), "predictor with PackBits");
	}

	@Test
	void compressedPlanesOfSixteenBitsAreThreeColours() {
		final ImagePlus image = open("p16_lzw.tif").image();
		for (int i = 0; i < 64 * 96; i++) {
			final int[] expected =
				{ i / 96 * 65535 / 63, i % 96 * 65535 / 95, (i / 96 + i % 96) * 65535 / 158 };
			for (int c = 0; c < 3; c++)
				assertEquals(expected[c], image.getStack().getProcessor(c + 1).get(i), 1);
		}
	}

	@Test
	void greyWithTransparencyKeepsItsNumbers() {
		final StoredImage grey = open("i_la8.png");
		assertArrayEquals((byte[]) open("i_g8.png").image().getProcessor().getPixels(),
			(byte[]) grey.onWhite().getProcessor().getPixels());
		assertFalse(grey.isTransparent());
		final StoredImage deep = open("i_g16_trns.png");
		assertTrue(deep.isTransparent());
		final ImageProcessor stored = deep.image().getProcessor();
		final ImageProcessor plain = open("i_g8.png").image().getProcessor();
		for (int i = 0; i < plain.getPixelCount(); i++) {
			assertEquals(plain.get(i) * 257, stored.get(i), 257);
			if (deep.opacity()[i] == 1) assertEquals(stored.get(i), deep.onWhite().getProcessor().get(i));
			else assertEquals(65535, deep.onWhite().getProcessor().get(i));
		}
	}

	@Test
	void sixteenBitsOfColourAreThreeChannels() {
		final ImagePlus image = open("i_rgb16.png").image();
		assertEquals(3, image.getNChannels());
		for (int i = 0; i < image.getProcessor().getPixelCount(); i++) {
			final int red = image.getStack().getProcessor(1).get(i);
			assertEquals(red / 2, image.getStack().getProcessor(2).get(i));
			assertEquals(65535 - red, image.getStack().getProcessor(3).get(i));
		}
		assertRefused(() -> LabelPlane.open(file("i_rgb16.png"), PlaneChoice.SHOWN), "3 channels");
	}

	@ParameterizedTest
	@ValueSource(strings = { "exif3.jpg", "exif6.jpg", "exif8.jpg", "exif6.png" })
	void picturesOfCamerasAreTurnedUpright(final String name) {
		final ImageProcessor upright = open("upright.png").image().getProcessor();
		final ImageProcessor turned = open(name).image().getProcessor();
		assertEquals(96, turned.getWidth());
		for (int i = 0; i < upright.getPixelCount(); i++)
			near(upright.get(i), turned, i % 96, i / 96, 6);
	}

	@Test
	void inksBecomeColours() {
		final ImageProcessor colours = open("i_cmyk.jpg").image().getProcessor();
		near(0x0000ff, colours, 0, 0, 3);
		near(0x6f3790, colours, 42, 32, 6);
	}

	@Test
	void webPicturesAreNamed() {
		assertRefused(() -> open("web.webp"), "is a WebP picture");
	}

	@ParameterizedTest
	@CsvSource({ "bomb.dcm, damaged", "bomb.gif, more than its bytes can hold", "bomb.tif, damaged",
		"cycle.tif, damaged", "lzwbig.tif, at most" })
	void hostileFilesAreRefusedAtOnce(final String name, final String why) {
		final InvalidInputException e = assertTimeoutPreemptively(Duration.ofSeconds(5),
			() -> assertThrows(InvalidInputException.class, () -> open(name)));
		assertTrue(e.getMessage().contains(why), e.getMessage());
	}
}
