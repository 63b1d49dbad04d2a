
package io.github.zimagefiji.pipeline.picture;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.golden.Pictures;
import io.github.zimagefiji.model.vision.ByteImage;
import io.github.zimagefiji.model.vision.ResizeFilter;

/**
 * What the reference's image processors make of the golden pictures, to the byte.
 */
class PreparedImagesTest {

	private static final double EXACT = 1e-6;

	private final Golden golden = Golden.of("images");

	@ParameterizedTest
	@CsvSource({ "img2img.preprocess.init, init, 64, 96", "img2img.preprocess.odd, odd, 64, 112" })
	void anImageToBeChangedIsResizedToMultiplesOf16(final String tensor, final String picture,
		final int width, final int height)
	{
		final PlanarImage image = PlanarImage.fitted(Pictures.of(picture));
		assertEquals(width, image.width());
		assertEquals(height, image.height());
		Parity.assertAbsolute(golden, tensor, image.samples(), EXACT);
	}

	@Test
	void aSmallControlImageIsEnlarged() {
		final ByteImage enlarged =
			Pictures.of("control_small").resized(64, 96, ResizeFilter.PILLOW_LANCZOS);
		Parity.assertAbsolute(golden, "control.preprocess.resized_up",
			PlanarImage.of(enlarged).samples(), EXACT);
	}

	@ParameterizedTest
	@CsvSource({ "mask.preprocess.same_size, mask", "mask.preprocess.resized, mask_odd" })
	void aMaskBecomesBlackAndWhiteInTheImagesSize(final String tensor, final String picture) {
		Parity.assertAbsolute(golden, tensor, PixelMask.of(Pictures.of(picture), 64, 96).values(), 0);
	}

	@Test
	void theMaskBeginsAboveHalfOfTheBrightness() {
		final PixelMask mask =
			PixelMask.of(new ByteImage(2, 1, 1, new byte[] { 127, (byte) 128 }), 2, 1);
		assertEquals(0, mask.values()[0]);
		assertEquals(1, mask.values()[1]);
	}

	@Test
	void aColouredMaskCountsByItsBrightness() {
		// Green is brighter than red and blue together; 0.587, 0.299 and 0.114 of
		// white.
		final byte full = (byte) 255;
		final ByteImage colours =
			new ByteImage(3, 1, 3, new byte[] { 0, full, 0, full, 0, 0, full, 0, full });
		final float[] values = PixelMask.of(colours, 3, 1).values();
		assertEquals(1, values[0]);
		assertEquals(0, values[1]);
		assertEquals(0, values[2]);
	}

	@ParameterizedTest
	@CsvSource({ "cond1, 112, 80", "cond2, 64, 96" })
	void aReferenceImageIsCroppedForTheAutoencoderOnly(final String picture, final int width,
		final int height)
	{
		final ByteImage original = Pictures.of(picture);
		final ReferenceImage image = ReferenceImage.of(original, ReferenceImage.LARGEST_AREA);
		assertEquals(original, image.seen());
		assertEquals(width, image.pixels().width());
		assertEquals(height, image.pixels().height());
		Parity.assertAbsolute(golden, "omni.preprocess." + picture, image.pixels().samples(), EXACT);
	}

	@Test
	void aReferenceImageOfMoreThanAMegapixelIsReducedToTheResultsArea() {
		final ByteImage large = new ByteImage(1200, 1000, 1, new byte[1_200_000]);
		final ReferenceImage image = ReferenceImage.of(large, ReferenceImage.LARGEST_AREA);
		assertEquals(1121, image.seen().width());
		assertEquals(934, image.seen().height());
		assertEquals(1120, image.pixels().width());
		assertEquals(928, image.pixels().height());
		assertEquals(3, image.seen().channels());
		assertEquals(560, ReferenceImage.of(large, 512 * 512).seen().width());
		final ByteImage megapixel = new ByteImage(1024, 1024, 1, new byte[1024 * 1024]);
		assertEquals(1024, ReferenceImage.of(megapixel, 512 * 512).seen().width());
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "63; 64; both sides need at least 64",
		"64; 513; 8.02 times the shorter", "600; 64; 9.38 times the shorter" })
	void aReferenceImageThatIsTooSmallOrTooElongatedIsRefused(final int width, final int height,
		final String part)
	{
		final ByteImage image = new ByteImage(width, height, 1, new byte[width * height]);
		assertRefused(() -> ReferenceImage.of(image, 1 << 20), part, width + " × " + height);
	}

	@Test
	void anImageOfOnePixelIsRefused() {
		assertRefused(() -> PlanarImage.fitted(new ByteImage(1, 1, 1, new byte[1])), "only 1 pixels",
			"at least 16");
	}
}
