
package io.github.zimagefiji.image.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImageTest;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.IntensityRange;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.planar.PlanarImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

class SourceImgTest {

	static Stream<Img<? extends RealType<?>>> images() {
		return Stream.of(ArrayImgs.unsignedBytes(9, 4), ArrayImgs.unsignedShorts(9, 4, 3),
			ArrayImgs.bytes(9, 4, 1), ArrayImgs.shorts(9, 4, 2), ArrayImgs.ints(9, 4),
			ArrayImgs.floats(9, 4, 3), ArrayImgs.doubles(9, 4), ArrayImgs.bits(9, 4),
			PlanarImgs.unsignedBytes(9, 4, 3), ArrayImgs.unsignedBytes(1, 1));
	}

	@ParameterizedTest
	@MethodSource("images")
	<T extends RealType<T>> void whatWasNotChangedComesBackAsItWas(final Img<T> image) {
		final Random random = new Random(5);
		for (final T value : image)
			value.setReal(value.getMinValue() >= 0 ? random.nextInt(2) * 77 % (value.getMaxValue() + 1)
				: random.nextInt(250) - 125 + random.nextDouble());
		for (final IntensityRange range : IntensityRange.values()) {
			final SourceImg<T> source = SourceImg.of(image, "noise", range);
			final Img<T> back = source.restore(SourceImageTest.generated(source.input()));
			assertEquals(image.getType().getClass(), back.getType().getClass());
			assertTrue(Util.imagesEqual(image, back));
		}
	}

	@Test
	void valuesAreMappedFromTheTypesEndsOrFromLeastToLargest() {
		assertEquals(List.of(-128.0), full(ArrayImgs.bytes(new byte[] { 3, 4 }, 2, 1)).low());
		assertEquals(List.of(65535.0, 65535.0), full(ArrayImgs.unsignedShorts(2, 2, 2)).high());
		final IntensityMapping ints = full(ArrayImgs.ints(new int[] { -70000, 5, 3, 2000000 }, 2, 2));
		assertEquals(List.of(-70000.0), ints.low());
		assertEquals(List.of(2000000.0), ints.high());
		assertEquals("32-bit", ints.pixelType());
		final IntensityMapping constant = full(ArrayImgs.doubles(new double[] { 1e30 }, 1, 1));
		assertTrue(constant.high().get(0) > 1e30);
	}

	@Test
	void aViewThatDoesNotStartAtZeroIsTakenAsItLies() {
		final Img<UnsignedByteType> image =
			ArrayImgs.unsignedBytes(new byte[] { 0, 51, 102, 0, 0, (byte) 153, (byte) 204, 0 }, 4, 2);
		final SourceImg<UnsignedByteType> source = SourceImg.of(
			Views.interval(image, new long[] { 1, 0 }, new long[] { 2, 1 }), "part", IntensityRange.FULL);
		final InputImage input = source.input();
		assertArrayEquals(new float[] { 0.2f, 0.4f, 0.6f, 0.8f }, Arrays.copyOf(input.samples(), 4));
		assertEquals(2, input.width());
	}

	@Test
	void packedColoursComeBackPacked() {
		final Img<ARGBType> image =
			ArrayImgs.argbs(new int[] { 0xff102030, 0xffffffff, 0xff000000, 0xff00ff80 }, 4, 1);
		final SourceImg<UnsignedByteType> source = SourceImg.ofArgb(image, "colours");
		assertEquals(0x20 / 255f, source.input().samples()[4]);
		final Img<ARGBType> back =
			ArgbPlanes.merge(source.restore(SourceImageTest.generated(source.input())));
		assertTrue(Util.imagesEqual(image, back));
	}

	@Test
	void dimensionsThatAreNoImageAreRefused() {
		for (final RandomAccessibleInterval<FloatType> wrong : List.of(ArrayImgs.floats(4),
			ArrayImgs.floats(4, 4, 4), ArrayImgs.floats(4, 4, 1, 1),
			Views.interval(ArrayImgs.floats(4, 4), new long[] { 2, 2 }, new long[] { 1, 3 })))
		{
			final InvalidInputException e = assertThrows(InvalidInputException.class,
				() -> SourceImg.of(wrong, "wrong", IntensityRange.FULL));
			assertTrue(
				e.getMessage().startsWith("The image \"wrong\" has ") && e.getMessage().endsWith("."),
				e.getMessage());
		}
	}

	private static <T extends RealType<T>> IntensityMapping full(final Img<T> image) {
		return SourceImg.of(image, "image", IntensityRange.FULL).input().mapping();
	}
}
