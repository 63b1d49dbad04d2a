
package io.github.zimagefiji.image;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

public class SourceImageTest {

	private static final int WIDTH = 11;
	private static final int HEIGHT = 7;

	/**
	 * Images of noise, of every type, displayed more narrowly than their values reach.
	 */
	private enum Kind {

			EIGHT_BIT(() -> displayed(new ByteProcessor(WIDTH, HEIGHT), 60, 200)),
			SIXTEEN_BIT(() -> displayed(new ShortProcessor(WIDTH, HEIGHT), 1000, 30000)),
			FLOAT(() -> displayed(new FloatProcessor(WIDTH, HEIGHT), -0.25, 0.5)),
			RGB(() -> new ImagePlus("cells", noise(new ColorProcessor(WIDTH, HEIGHT), 1))),
			EIGHT_BIT_COMPOSITE(() -> composite(8, 2)), SIXTEEN_BIT_COMPOSITE(() -> composite(16, 3)),
			FLOAT_COMPOSITE(() -> composite(32, 3));

		private final Supplier<ImagePlus> image;

		Kind(final Supplier<ImagePlus> image) {
			this.image = image;
		}
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void whatWasNotChangedComesBackToTheBitWithItsDisplay(final Kind kind) {
		for (final IntensityRange range : IntensityRange.values()) {
			final ImagePlus image = kind.image.get();
			final SourceImage source = SourceImage.of(image, range);
			final ImagePlus back = source.restore(List.of(generated(source.input())));
			assertEquals(image.getClass(), back.getClass());
			assertArrayEquals(image.getDimensions(), back.getDimensions());
			assertEquals(image.getBitDepth(), back.getBitDepth());
			assertArrayEquals(planes(image), planes(back));
			for (int channel = 1; channel <= image.getNChannels() && kind != Kind.RGB; channel++) {
				final LUT wanted = lut(image, channel);
				assertArrayEquals(wanted.getBytes(), lut(back, channel).getBytes());
				assertEquals(wanted.min, lut(back, channel).min);
				assertEquals(wanted.max, lut(back, channel).max);
			}
		}
	}

	private static LUT lut(final ImagePlus image, final int channel) {
		return image instanceof CompositeImage ? ((CompositeImage) image).getChannelLut(channel)
			: image.getProcessor().getLut();
	}

	@ParameterizedTest
	@EnumSource(Kind.class)
	void onlyThePixelThatChangedGetsTheValueOfItsSample(final Kind kind) {
		final ImagePlus image = kind.image.get();
		final SourceImage source = SourceImage.of(image, IntensityRange.DISPLAY);
		final GeneratedImage changed = generated(source.input());
		final int at = 3 * WIDTH + 5;
		for (int channel = 0; channel < 3; channel++)
			changed.samples()[channel * WIDTH * HEIGHT + at] = 0.25f;
		final ImagePlus back = source.restore(List.of(changed));
		for (int channel = 0; channel < source.input().mapping().channels() &&
			kind != Kind.RGB; channel++)
		{
			final double low = source.input().mapping().low().get(channel);
			final double high = source.input().mapping().high().get(channel);
			final double wanted = low + 0.25 * (high - low);
			final ImageProcessor plane = back.getStack().getProcessor(channel + 1);
			assertEquals(image.getBitDepth() == 32 ? (float) wanted : Math.rint(wanted), plane.getf(at));
			plane.setf(at, image.getStack().getProcessor(channel + 1).getf(at));
		}
		if (kind == Kind.RGB) {
			assertEquals(0x404040, back.getProcessor().get(at) & 0xffffff);
			back.getProcessor().set(at, image.getProcessor().get(at));
		}
		assertArrayEquals(planes(image), planes(back));
	}

	@Test
	void theDisplayRangeMapsBlackAndFullAndTheRestIsClamped() {
		final ShortProcessor values =
			new ShortProcessor(4, 1, new short[] { 500, 1000, 2000, 4000 }, null);
		final ImagePlus image = new ImagePlus("cells", values);
		image.setDisplayRange(1000, 3000);
		final InputImage input = SourceImage.of(image, IntensityRange.DISPLAY).input();
		assertArrayEquals(new float[] { 0, 0, 0.5f, 1, 0, 0, 0.5f, 1, 0, 0, 0.5f, 1 }, input.samples());
		assertEquals("16-bit", input.mapping().pixelType());
		assertEquals("cells", input.name());
		final InputImage full = SourceImage.of(image, IntensityRange.FULL).input();
		assertEquals(4000f / 65535, full.samples()[3]);
	}

	@Test
	void samplesBeyondFullContinueTheScaleUpToTheTypesEnds() {
		final ImagePlus image =
			new ImagePlus("cells", new ByteProcessor(4, 1, new byte[] { 0, 100, (byte) 200, 50 }));
		image.setDisplayRange(100, 200);
		final SourceImage source = SourceImage.of(image, IntensityRange.DISPLAY);
		final float[] samples = { 1.2f, 2, -0.5f, -2, 1.2f, 2, -0.5f, -2, 1.2f, 2, -0.5f, -2 };
		final ImagePlus back =
			source.restore(List.of(new GeneratedImage(4, 1, samples, Examples.provenance("p", 1))));
		assertArrayEquals(new byte[] { (byte) 220, (byte) 255, 50, 0 },
			(byte[]) back.getProcessor().getPixels());
	}

	@Test
	void valuesHalfWayBetweenTwoIntegersBecomeTheEvenOne() {
		final ImagePlus image = new ImagePlus("cells", new ShortProcessor(2, 1));
		image.setDisplayRange(0, 2);
		final float[] samples = { 0.25f, 0.75f, 0.25f, 0.75f, 0.25f, 0.75f };
		final ImagePlus back = SourceImage.of(image, IntensityRange.DISPLAY)
			.restore(List.of(new GeneratedImage(2, 1, samples, Examples.provenance("p", 1))));
		assertArrayEquals(new short[] { 0, 2 }, (short[]) back.getProcessor().getPixels());
	}

	@Test
	void anRgbResultHasTheBytesOfThePngFile() {
		final GeneratedImage image = Examples.image("cells", 3);
		final SourceImage source =
			SourceImage.of(IJ.createImage("cells", "RGB black", 32, 16, 1), IntensityRange.DISPLAY);
		assertArrayEquals((int[]) Images.toImagePlus(List.of(image)).getProcessor().getPixels(),
			(int[]) source.restore(List.of(image)).getProcessor().getPixels());
	}

	@Test
	void greyResultsAreTheLumaOfTheColour() {
		final SourceImage source = SourceImage
			.of(new ImagePlus("cells", new FloatProcessor(1, 1, new float[] { 3 })), IntensityRange.FULL);
		assertEquals(List.of(3.0), source.input().mapping().low());
		assertEquals(List.of(4.0), source.input().mapping().high(),
			"a constant image: full lies 1 above");
		assertArrayEquals(new float[3], source.input().samples());
		final ImagePlus back = source.restore(
			List.of(new GeneratedImage(1, 1, new float[] { 1, 0.5f, 0 }, Examples.provenance("p", 1))));
		assertEquals(3 + 0.299 + 0.587 / 2, back.getProcessor().getf(0), 1e-6);
	}

	@Test
	void percentilesAreThoseOfEachChannel() {
		final float[] values = new float[1001];
		for (int i = 0; i <= 1000; i++)
			values[i] = 1000 - i;
		final ImagePlus image = new ImagePlus("ramp", new FloatProcessor(1001, 1, values));
		final InputImage input = SourceImage.of(image, IntensityRange.PERCENTILES).input();
		assertEquals(3.5, input.mapping().low().get(0), 1e-9);
		assertEquals(996.5, input.mapping().high().get(0), 1e-9);
	}

	@Test
	void aLargerResultHoldsTheImageWhereItLies() {
		final ImagePlus image = Kind.SIXTEEN_BIT.image.get();
		final SourceImage source = SourceImage.of(image, IntensityRange.DISPLAY);
		final GeneratedImage larger = around(source.input(), 3, 2, WIDTH + 4, HEIGHT + 5);
		final ImagePlus back = source.restore(List.of(larger), 3, 2);
		back.setRoi(3, 2, WIDTH, HEIGHT);
		assertArrayEquals((short[]) image.getProcessor().getPixels(),
			(short[]) back.crop().getProcessor().getPixels());
		assertEquals(Math.rint(1000 + 0.5 * 29000), back.getProcessor().getf(0, 0));
		assertThrows(InvalidInputException.class, () -> source.restore(List.of(larger), 5, 2));
		assertThrows(InvalidInputException.class, () -> source.restore(List.of(larger), -1, 2));
	}

	@Test
	void aResultOfAnotherSizeGetsTheScaleOnly() {
		final SourceImage source = SourceImage.of(Kind.SIXTEEN_BIT.image.get(), IntensityRange.DISPLAY);
		final float[] samples = new float[3 * 16 * 16];
		Arrays.fill(samples, 1);
		final ImagePlus back =
			source.restore(List.of(new GeneratedImage(16, 16, samples, Examples.provenance("p", 1))));
		assertEquals(30000, back.getStatistics().min, "all pixels are full");
	}

	@Test
	void severalResultsAreAStackWithLabelsAndProvenance() {
		final SourceImage source =
			SourceImage.of(IJ.createHyperStack("cells", 32, 16, 2, 1, 1, 16), IntensityRange.DISPLAY);
		final List<GeneratedImage> images = List.of(Examples.image("p", 4), Examples.image("p", 5));
		final ImagePlus stack = source.restore(images);
		assertArrayEquals(new int[] { 32, 16, 2, 2, 1 }, stack.getDimensions());
		assertEquals("p (seeds 4 to 5)", stack.getTitle());
		assertEquals("seed 5", stack.getStack().getSliceLabel(3));
		stack.setPosition(1, 2, 1);
		assertEquals(Optional.of(images.get(1).provenance()), ImageProvenance.of(stack));
		assertThrows(InvalidInputException.class, () -> source.restore(List.of()));
	}

	@Test
	void anImageShownInColoursIsTakenAsItIsShown() {
		final ByteProcessor values = new ByteProcessor(3, 1, new byte[] { 0, 100, (byte) 255 });
		values.setLut(LUT.createLutFromColor(Color.GREEN));
		final SourceImage source =
			SourceImage.of(new ImagePlus("cells", values), IntensityRange.DISPLAY);
		assertArrayEquals(new float[] { 0, 0, 0, 0, 100 / 255f, 1, 0, 0, 0 }, source.input().samples());
		assertEquals("RGB", source.input().mapping().pixelType());
		final ImagePlus back = source.restore(List.of(generated(source.input())));
		assertEquals(0xff006400, back.getProcessor().get(1));
		values.setLut(LUT.createLutFromColor(Color.WHITE).createInvertedLut());
		assertEquals("8-bit", SourceImage.of(new ImagePlus("cells", values), IntensityRange.DISPLAY)
			.input().mapping().pixelType());
	}

	@Test
	void theChannelsOfAnImageAreRedGreenAndBlueInTheirOrder() {
		final InputImage input = SourceImage.of(composite(8, 2), IntensityRange.FULL).input();
		final ImagePlus image = composite(8, 2);
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			assertEquals(image.getStack().getProcessor(1).get(i) / 255f, input.samples()[i]);
			assertEquals(image.getStack().getProcessor(2).get(i) / 255f,
				input.samples()[WIDTH * HEIGHT + i]);
			assertEquals(0, input.samples()[2 * WIDTH * HEIGHT + i]);
		}
		assertEquals(2, input.mapping().channels());
	}

	@Test
	void ofManyChannelsOneIsChosen() {
		final ImagePlus image = IJ.createHyperStack("five", 4, 3, 5, 2, 2, 16);
		for (int plane = 1; plane <= 20; plane++)
			image.getStack().getProcessor(plane).set(plane);
		assertRefused(() -> SourceImage.of(image, IntensityRange.FULL), "five\" has 5 channels");
		image.setPosition(2, 2, 1);
		final InputImage shown =
			SourceImage.of(image, IntensityRange.FULL, PlaneChoice.ofChannel(4)).input();
		assertEquals(9 / 65535f, shown.samples()[0]);
		final InputImage chosen =
			SourceImage.of(image, IntensityRange.FULL, new PlaneChoice(5, 1, 2)).input();
		assertEquals(15 / 65535f, chosen.samples()[0]);
		assertEquals(1, chosen.mapping().channels());
		for (final int[] wrong : new int[][] { { 6, 1, 1 }, { 1, 3, 1 }, { 1, 1, 3 } }) {
			assertThrows(InvalidInputException.class, () -> SourceImage.of(image, IntensityRange.FULL,
				new PlaneChoice(wrong[0], wrong[1], wrong[2])));
		}
		assertThrows(InvalidInputException.class, () -> new PlaneChoice(-1, 0, 0));
	}

	@Test
	void theSliceThatIsShownOfAnRgbStackIsTaken() {
		final ImageStack stack = new ImageStack(2, 2);
		for (int slice = 0; slice < 3; slice++)
			stack.addSlice(new ColorProcessor(2, 2, new int[] { slice, slice, slice, slice }));
		final ImagePlus image = new ImagePlus("colours", stack);
		image.setSlice(3);
		final SourceImage source = SourceImage.of(image, IntensityRange.DISPLAY);
		assertEquals(2 / 255f, source.input().samples()[8]);
		assertEquals(1, source.restore(List.of(generated(source.input()))).getStackSize());
		assertEquals(1 / 255f,
			SourceImage.of(image, IntensityRange.DISPLAY, new PlaneChoice(0, 2, 0)).input().samples()[8]);
	}

	@Test
	void changingTheImageAfterwardsChangesNothing() {
		final ImagePlus image = Kind.FLOAT.image.get();
		final float[] before = ((float[]) image.getProcessor().getPixels()).clone();
		final SourceImage source = SourceImage.of(image, IntensityRange.DISPLAY);
		image.getProcessor().set(0);
		assertArrayEquals(before,
			(float[]) source.restore(List.of(generated(source.input()))).getProcessor().getPixels());
		assertFalse(image.hasImageStack());
	}

	@Test
	void valuesThatAreNoNumbersAreNamed() {
		final FloatProcessor plane = new FloatProcessor(5, 4);
		plane.setf(3, 2, Float.NaN);
		plane.setf(1, 3, Float.POSITIVE_INFINITY);
		for (final IntensityRange range : IntensityRange.values()) {
			assertRefused(() -> SourceImage.of(new ImagePlus("bad", plane), range),
				"bad\" holds 2 values that are no finite numbers, the first NaN at x = 3, y = 2.");
		}
	}

	@Test
	void anImageWithoutPixelsIsRefused() {
		assertThrows(InvalidInputException.class,
			() -> SourceImage.of(new ImagePlus(), IntensityRange.FULL));
	}

	private static ImagePlus displayed(final ImageProcessor plane, final double low,
		final double high)
	{
		final ImagePlus image = new ImagePlus("cells", noise(plane, 1));
		image.setDisplayRange(low, high);
		return image;
	}

	private static CompositeImage composite(final int bits, final int channels) {
		final ImagePlus image = IJ.createHyperStack("cells", WIDTH, HEIGHT, channels, 1, 1, bits);
		for (int channel = 1; channel <= channels; channel++) {
			noise(image.getStack().getProcessor(channel), channel);
			image.setPosition(channel, 1, 1);
			image.setDisplayRange(10 * channel, 20 + 50 * channel);
		}
		final CompositeImage composite = (CompositeImage) image;
		composite.setMode(IJ.COLOR);
		composite.setChannelLut(
			withRange(LUT.createLutFromColor(Color.ORANGE), composite.getChannelLut(1)), 1);
		return composite;
	}

	private static LUT withRange(final LUT lut, final LUT range) {
		lut.min = range.min;
		lut.max = range.max;
		return lut;
	}

	private static ImageProcessor noise(final ImageProcessor plane, final long seed) {
		final Random random = new Random(seed);
		for (int i = 0; i < plane.getPixelCount(); i++) {
			if (plane instanceof FloatProcessor) plane.setf(i, random.nextFloat() * 3 - 1.5f);
			else plane.set(i, plane instanceof ColorProcessor ? 0xff000000 | random.nextInt()
				: random.nextInt(plane.getBitDepth() == 8 ? 256 : 65536));
		}
		return plane;
	}

	private static Object[] planes(final ImagePlus image) {
		final Object[] planes = new Object[image.getStackSize()];
		for (int plane = 1; plane <= planes.length; plane++)
			planes[plane - 1] = image.getStack().getPixels(plane);
		return planes;
	}

	public static GeneratedImage generated(final InputImage input) {
		return around(input, 0, 0, input.width(), input.height());
	}

	/** The input within a grey surrounding. */
	public static GeneratedImage around(final InputImage input, final int left, final int top,
		final int width, final int height)
	{
		final float[] samples = new float[3 * width * height];
		Arrays.fill(samples, 0.5f);
		for (int row = 0; row < 3 * input.height(); row++) {
			final int to = (row / input.height() * height + top + row % input.height()) * width + left;
			System.arraycopy(input.samples(), row * input.width(), samples, to, input.width());
		}
		return new GeneratedImage(width, height, samples, Examples.provenance("p", 1));
	}
}
