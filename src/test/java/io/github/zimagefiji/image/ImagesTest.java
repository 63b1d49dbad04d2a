
package io.github.zimagefiji.image;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;

import org.junit.jupiter.api.Test;

import ij.ImagePlus;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import net.imglib2.RandomAccess;
import net.imglib2.img.Img;
import net.imglib2.img.planar.PlanarImgFactory;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.view.Views;

class ImagesTest {

	@Test
	void axesAreXThenYThenChannel() {
		final GeneratedImage image = twoByOne(0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f);
		final Img<FloatType> img = Images.toFloatImg(image);
		assertArrayEquals(new long[] { 2, 1, 3 }, img.dimensionsAsLongArray());
		final RandomAccess<FloatType> at = img.randomAccess();
		assertEquals(0.2f, at.setPositionAndGet(1, 0, 0).get());
		assertEquals(0.3f, at.setPositionAndGet(0, 0, 1).get());
		assertEquals(0.6f, at.setPositionAndGet(1, 0, 2).get());
	}

	@Test
	void bytesAreClampedAndRoundedHalfToEven() {
		// 0.5/255, 1.5/255 and 2.5/255 lie exactly between two bytes once
		// multiplied
		final float[] halves = { 0.5f / 255, 1.5f / 255, 2.5f / 255 };
		for (final float half : halves)
			assertEquals(0.5f, half * 255f % 1, "not a tie, so the test would prove nothing");
		assertArrayEquals(new int[] { 0, 2, 2, 0, 255, 255 },
			bytes(twoByOne(halves[0], halves[1], halves[2], -3f, 1.01f, 1f)));
		assertArrayEquals(new int[] { 255, 0, 128, 127, 0, 0 }, bytes(twoByOne(Float.POSITIVE_INFINITY,
			Float.NEGATIVE_INFINITY, 0.502f, 0.498f, -0f, Float.MIN_VALUE)));
	}

	@Test
	void aSampleThatIsNotANumberBecomesBlackRatherThanNoise() {
		assertArrayEquals(new int[] { 0, 255, 0, 255, 0, 255 },
			bytes(twoByOne(Float.NaN, 1, Float.NaN, 1, Float.NaN, 1)));
	}

	@Test
	void floatsAreNotClamped() {
		final GeneratedImage image = twoByOne(-0.25f, 1.75f, 0, 0, 0, 0);
		final RandomAccess<FloatType> at = Images.toFloatImg(image).randomAccess();
		assertEquals(-0.25f, at.setPositionAndGet(0, 0, 0).get());
		assertEquals(1.75f, at.setPositionAndGet(1, 0, 0).get());
	}

	@Test
	void grayIsTheLumaOfBt601() {
		final GeneratedImage primaries = new GeneratedImage(2, 2,
			new float[] { 1, 0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 1 }, Examples.provenance("", 0));
		final int[] bytes = new int[4];
		final float[] floats = new float[4];
		for (int i = 0; i < 4; i++) {
			bytes[i] = Images.toGray(primaries).randomAccess().setPositionAndGet(i % 2, i / 2).get();
			floats[i] =
				Images.toFloatGray(primaries).randomAccess().setPositionAndGet(i % 2, i / 2).get();
		}
		assertArrayEquals(new int[] { 76, 150, 29, 255 }, bytes);
		assertArrayEquals(new float[] { 0.299f, 0.587f, 0.114f, 1f }, floats);
	}

	@Test
	void aGrayColourKeepsItsByte() {
		for (int value = 0; value < 256; value++) {
			final float v = value / 255f;
			final Img<UnsignedByteType> gray = Images.toGray(twoByOne(v, v, v, v, v, v));
			assertEquals(value, gray.randomAccess().setPositionAndGet(1, 0).get());
		}
	}

	@Test
	void onlyByteGrayClampsTheColourFirst() {
		final GeneratedImage tooRed = twoByOne(2, 2, 0, 0, -1, -1);
		assertEquals(76, Images.toGray(tooRed).randomAccess().setPositionAndGet(0, 0).get());
		assertEquals(0.484f, Images.toFloatGray(tooRed).randomAccess().setPositionAndGet(0, 0).get(),
			1e-6f);
	}

	@Test
	void changingTheImgLeavesTheGeneratedImageAlone() {
		final GeneratedImage image = twoByOne(0, 0, 0, 0, 0, 0);
		Images.toFloatImg(image).forEach(FloatType::setOne);
		assertArrayEquals(new float[6], image.samples());
	}

	@Test
	void aWrongNumberOfSamplesIsRefused() {
		final GeneratedImage image =
			new GeneratedImage(2, 2, new float[11], Examples.provenance("", 0));
		assertRefused(() -> Images.toImg(image), "needs 12 samples but has 11");
		final GeneratedImage huge =
			new GeneratedImage(65536, 65536, new float[0], Examples.provenance("", 0));
		assertThrows(InvalidInputException.class, () -> Images.toGray(huge));
	}

	private static GeneratedImage twoByOne(final float... samples) {
		return new GeneratedImage(2, 1, samples, Examples.provenance("", 0));
	}

	private static int[] bytes(final GeneratedImage image) {
		final Img<UnsignedByteType> img = Images.toImg(image);
		final int[] bytes = new int[(int) img.size()];
		int i = 0;
		for (final UnsignedByteType value : img)
			bytes[i++] = value.get();
		return bytes;
	}

	@Test
	void anImgBecomesAnImagePlusWithTheSamePixels() {
		final GeneratedImage image = Examples.image("cells", 7);
		final ImagePlus colour = Images.toImagePlus(Images.toImg(image), "colour");
		assertArrayEquals((int[]) Images.toImagePlus(List.of(image)).getProcessor().getPixels(),
			(int[]) colour.getProcessor().getPixels());
		assertEquals("colour", colour.getTitle());
		final ImagePlus gray = Images.toImagePlus(Images.toGray(image), "gray");
		assertArrayEquals(
			(byte[]) Images.toImagePlus(List.of(image), PixelFormat.GRAY8).getProcessor().getPixels(),
			(byte[]) gray.getProcessor().getPixels());
	}

	@Test
	void aCroppedSeriesBecomesAStack() {
		final ImageSeries series =
			ImageSeries.of(Examples.request("cells", 7, 32, 16).toBuilder().count(3).build(), 1,
				one -> Examples.image(one.prompt(), one.seed()));
		final ImagePlus stack = Images.toImagePlus(
			Views.interval(series, new long[] { 4, 2, 0, 1 }, new long[] { 9, 11, 2, 2 }), "part");
		assertArrayEquals(new int[] { 6, 10, 1, 2, 1 }, stack.getDimensions());
		final int rgb =
			Images.toImagePlus(List.of(Examples.image("cells", 9))).getProcessor().get(5, 4);
		assertEquals(rgb, stack.getStack().getProcessor(2).get(1, 2));
	}

	@Test
	void anImgOfOtherDimensionsIsRefused() {
		for (final long[] size : new long[][] { { 8 }, { 8, 8, 2 }, { 8, 8, 4, 2 },
			{ 8, 8, 3, 2, 2 } })
		{
			final Img<UnsignedByteType> img = new PlanarImgFactory<>(new UnsignedByteType()).create(size);
			assertRefused(() -> Images.toImagePlus(img, "x"), "cannot be shown");
		}
	}
}
