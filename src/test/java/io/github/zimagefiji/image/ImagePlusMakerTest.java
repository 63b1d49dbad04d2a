
package io.github.zimagefiji.image;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Timings;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.Intensities;
import net.imglib2.RandomAccess;
import net.imglib2.type.numeric.integer.UnsignedByteType;

class ImagePlusMakerTest {

	@Test
	void oneImageBecomesASingleRgbImageWithTheImgsPixels() {
		final GeneratedImage image = Examples.image("a cell", 42);
		final ImagePlus plus = Images.toImagePlus(List.of(image));
		assertEquals(1, plus.getStackSize());
		assertEquals(24, plus.getBitDepth());
		assertEquals("a cell (seed 42)", plus.getTitle());
		final RandomAccess<UnsignedByteType> at = Images.toImg(image).randomAccess();
		for (int y = 0; y < 16; y++) {
			for (int x = 0; x < 32; x++) {
				final int[] rgb = ((ColorProcessor) plus.getProcessor()).getPixel(x, y, null);
				for (int channel = 0; channel < 3; channel++)
					assertEquals(at.setPositionAndGet(x, y, channel).get(), rgb[channel]);
			}
		}
	}

	@Test
	void theImagesOfAResultBecomeAStackLabelledWithTheirSeeds() {
		final List<GeneratedImage> images = List.of(Examples.image("a cell", 42),
			Examples.image("a cell", 43), Examples.image("a cell", 44));
		final ImagePlus plus = Images.toImagePlus(new GenerationResult(images, new float[0],
			new long[0], new Timings(0, 0, List.of(), 0, 0, -1, -1), List.of()));
		assertArrayEquals(new int[] { 32, 16, 1, 3, 1 }, plus.getDimensions());
		assertEquals("a cell (seeds 42 to 44)", plus.getTitle());
		for (int slice = 1; slice <= 3; slice++) {
			assertEquals("seed " + (41 + slice), plus.getStack().getSliceLabel(slice));
			assertArrayEquals(new Intensities(images.get(slice - 1)).packedRgb(),
				(int[]) plus.getStack().getPixels(slice));
		}
	}

	@Test
	void floatColourIsACompositeOfUnclampedChannelsShownFromZeroToOne() {
		final List<GeneratedImage> images = List.of(Examples.image("a", 1), Examples.image("a", 2));
		final ImagePlus plus = Images.toImagePlus(images, PixelFormat.FLOAT32);
		assertArrayEquals(new int[] { 32, 16, 3, 2, 1 }, plus.getDimensions());
		assertEquals(32, plus.getBitDepth());
		assertTrue(plus.isComposite());
		for (int channel = 1; channel <= 3; channel++) {
			assertEquals(0, ((CompositeImage) plus).getChannelLut(channel).min);
			assertEquals(1, ((CompositeImage) plus).getChannelLut(channel).max);
			final int plane = plus.getStackIndex(channel, 2, 1);
			assertEquals("seed 2", plus.getStack().getSliceLabel(plane));
			assertArrayEquals(new Intensities(images.get(1)).plane(channel - 1),
				(float[]) plus.getStack().getPixels(plane));
		}
		final int shown = ((CompositeImage) plus).getChannelLut(1).getRGB(255);
		assertEquals(0xffff0000, shown, "the first channel is shown in red");
	}

	@Test
	void oneFloatColourImageHasThreeChannels() {
		final ImagePlus plus = Images.toImagePlus(List.of(Examples.image("a", 1)), PixelFormat.FLOAT32);
		assertArrayEquals(new int[] { 32, 16, 3, 1, 1 }, plus.getDimensions());
	}

	@Test
	void grayFormatsHoldTheLuma() {
		final GeneratedImage image = Examples.image("a", 1);
		final ImagePlus bytes = Images.toImagePlus(List.of(image), PixelFormat.GRAY8);
		assertEquals(8, bytes.getBitDepth());
		assertArrayEquals(new Intensities(image).lumaBytes(),
			(byte[]) bytes.getProcessor().getPixels());
		final ImagePlus floats = Images.toImagePlus(List.of(image, image), PixelFormat.GRAY32);
		assertEquals(32, floats.getBitDepth());
		assertArrayEquals(new Intensities(image).luma(), (float[]) floats.getStack().getPixels(2));
		assertEquals(0, floats.getDisplayRangeMin());
		assertEquals(1, floats.getDisplayRangeMax());
	}

	@ParameterizedTest
	@EnumSource(PixelFormat.class)
	void drawingIntoTheImagePlusLeavesTheGeneratedImageAlone(final PixelFormat format) {
		final GeneratedImage image = Examples.image("a", 1);
		final float[] before = image.samples().clone();
		final ImagePlus plus = Images.toImagePlus(List.of(image), format);
		plus.getProcessor().setColor(0.5);
		plus.getProcessor().fill();
		assertArrayEquals(before, image.samples());
	}

	@Test
	void imagesThatDoNotGoTogetherAreRefused() {
		assertThrows(InvalidInputException.class, () -> Images.toImagePlus(List.<GeneratedImage> of()));
		assertRefused(
			() -> Images
				.toImagePlus(List.of(Examples.image("a", 1, 32, 16), Examples.image("a", 1, 16, 32))),
			"32 × 16", "16 × 32");
	}

	@Test
	void titlesAreShortAndFitForFileNames() {
		assertEquals("Z-Image (seed 7)", title("", 7));
		assertEquals("Z-Image (seed 7)", title(" \n\t", 7));
		assertEquals("20x 0.8 NA two lines (seed 7)", title("20x/0.8 NA\r\ntwo: \"lines\"", 7));
		assertEquals("水墨画 (seed " + Long.MAX_VALUE + ")", title("水墨画", Long.MAX_VALUE));
		final String cut = title("🔬".repeat(1000), 7);
		assertEquals("🔬".repeat(40) + "… (seed 7)", cut, "cut between characters, not within one");
		assertFalse(title("a\u2028b\u0085c", 7).matches("(?s).*[\u2028\u0085].*"));
	}

	@Test
	void theTitleOfScatteredSeedsCountsTheImages() {
		assertEquals("a (3 images)", ImageTitle
			.of(List.of(Examples.image("a", 5), Examples.image("a", 9), Examples.image("a", 10))));
	}

	private static String title(final String prompt, final long seed) {
		return ImageTitle.of(List.of(Examples.image(prompt, seed)));
	}
}
