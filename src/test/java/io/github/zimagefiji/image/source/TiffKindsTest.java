
package io.github.zimagefiji.image.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.TiffBytes;
import io.github.zimagefiji.image.TiffBytes.Packing;
import io.github.zimagefiji.image.file.common.StoredImage;

/** All kinds of pixels in TIFF files, number by number. */
class TiffKindsTest {

	private static final int WIDTH = 21;
	private static final int HEIGHT = 19;

	@TempDir
	Path folder;

	/** What a sample is at a place, from 0 on. */
	private static int value(final int x, final int y, final int sample, final int bits) {
		final int most = (1 << Math.min(bits, 20)) - 1;
		return (x * 5003 + y * 77 + sample * 1237) & most;
	}

	@ParameterizedTest
	@EnumSource(Packing.class)
	void wholeNumbersAreReadInEveryArrangement(final Packing packing) throws IOException {
		for (final ByteOrder order : new ByteOrder[] { ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN })
			for (final int bits : new int[] { 2, 4, 8, 10, 12, 14, 16, 24, 32 })
				for (final int arrangement : new int[] { 0, 1, 2, 3 })
					check(order, packing, bits, arrangement, 1);
	}

	@ParameterizedTest
	@EnumSource(Packing.class)
	void coloursOfEightAndSixteenBitsAreReadTogetherAndApart(final Packing packing)
		throws IOException
	{
		for (final ByteOrder order : new ByteOrder[] { ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN })
			for (final int bits : new int[] { 8, 16 })
				for (final int arrangement : new int[] { 0, 1, 2, 3, 4, 5, 6, 7 })
					check(order, packing, bits, arrangement, 3);
	}

	/**
	 * @param arrangement 1: tiles; 2: BigTIFF; 4: samples apart; and sums of them
	 */
	private void check(final ByteOrder order, final Packing packing, final int bits,
		final int arrangement, final int samples) throws IOException
	{
		final boolean tiled = (arrangement & 1) > 0;
		final boolean planar = (arrangement & 4) > 0;
		final boolean differences = packing == Packing.LZW && bits % 8 == 0 && bits != 24;
		final Map<Integer, Object> tags = tags(bits, samples, packing);
		if (planar) tags.put(284, new long[] { 2 });
		if (differences) tags.put(317, new long[] { 2 });
		final int across = tiled ? 16 : WIDTH;
		final int down = tiled ? 16 : 7;
		tags.put(tiled ? 323 : 278, new long[] { down });
		if (tiled) tags.put(322, new long[] { across });
		final List<byte[]> blocks = new ArrayList<>();
		for (int plane = 0; plane < (planar ? samples : 1); plane++)
			for (int top = 0; top < HEIGHT; top += down)
				for (int left = 0; left < WIDTH; left += across)
					blocks.add(TiffBytes.pack(block(order, bits, planar ? 1 : samples, plane, left, top,
						across, tiled ? down : Math.min(down, HEIGHT - top), differences), packing));
		final ImagePlus image =
			open(new TiffBytes((arrangement & 2) > 0, order).page(tags, blocks).make()).image();
		final String what = packing + " " + order + " " + bits + " bits " + arrangement;
		for (int sample = 0; sample < samples; sample++)
			for (int y = 0; y < HEIGHT; y++)
				for (int x = 0; x < WIDTH; x++)
					assertEquals(value(x, y, sample, bits), found(image, sample, x, y),
						what + " at " + x + ", " + y + ", " + sample);
	}

	private static float found(final ImagePlus image, final int sample, final int x, final int y) {
		final ImageProcessor first = image.getProcessor();
		if (image.getBitDepth() == 24) return first.get(x, y) >> 16 - 8 * sample & 0xff;
		return image.getStack().getProcessor(sample + 1).getf(x, y);
	}

	private static Map<Integer, Object> tags(final int bits, final int samples,
		final Packing packing)
	{
		final Map<Integer, Object> tags = new HashMap<>();
		tags.put(256, new long[] { WIDTH });
		tags.put(257, new long[] { HEIGHT });
		final long[] each = new long[samples];
		java.util.Arrays.fill(each, bits);
		tags.put(258, each);
		tags.put(259, new long[] { packing.number });
		tags.put(262, new long[] { samples == 3 ? 2 : 1 });
		tags.put(277, new long[] { samples });
		return tags;
	}

	private static byte[] block(final ByteOrder order, final int bits, final int samples,
		final int first, final int left, final int top, final int across, final int down,
		final boolean differences)
	{
		final int rowBytes = (across * samples * bits + 7) / 8;
		final ByteBuffer made = ByteBuffer.allocate(rowBytes * down).order(order);
		for (int y = 0; y < down; y++)
			for (int i = 0; i < across * samples; i++) {
				int number = value(left + i / samples, top + y, first + i % samples, bits);
				if (differences && i >= samples)
					number -= value(left + i / samples - 1, top + y, first + i % samples, bits);
				put(made, y * rowBytes, i, number, bits);
			}
		return made.array();
	}

	private static void put(final ByteBuffer made, final int row, final int index, final int number,
		final int bits)
	{
		if (bits == 16) made.putShort(row + 2 * index, (short) number);
		else if (bits == 32) made.putInt(row + 4 * index, number);
		else if (bits == 24 && made.order() == ByteOrder.LITTLE_ENDIAN) for (int b = 0; b < 3; b++)
			made.put(row + 3 * index + b, (byte) (number >> 8 * b));
		else for (int bit = 0; bit < bits; bit++) {
			final int at = index * bits + bit;
			if ((number >> bits - 1 - bit & 1) == 1)
				made.put(row + at / 8, (byte) (made.get(row + at / 8) | 0x80 >> at % 8));
		}
	}

	@Test
	void signedAndLargeAndFloatingPointNumbersKeepTheirValues() throws IOException {
		final float[] signed = numbers(8, 2, (data, i) -> data.put((byte) (i - 100)));
		final float[] wide = numbers(32, 1, (data, i) -> data.putInt(i * 20_000_000));
		final float[] half =
			numbers(16, 3, (data, i) -> data.putShort((short) (i % 0x7c00 | (i % 2) << 15)));
		final float[] doubles = numbers(64, 3, (data, i) -> data.putDouble(i * -0.25));
		final float[] negative = numbers(32, 2, (data, i) -> data.putInt(i - 200));
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			assertEquals((byte) (i - 100), signed[i]);
			assertEquals((float) (i * 20_000_000 & 0xffffffffL), wide[i]);
			assertEquals(i * -0.25f, doubles[i]);
			assertEquals(i - 200, negative[i]);
			assertEquals((i % 2 == 1 ? -1 : 1) * i / (float) (1 << 24), half[i],
				"the smallest half-precision numbers");
		}
	}

	private interface Put {

		void number(ByteBuffer data, int index);
	}

	private float[] numbers(final int bits, final int format, final Put put) throws IOException {
		final Map<Integer, Object> tags = tags(bits, 1, Packing.NONE);
		tags.put(339, new long[] { format });
		final ByteBuffer data = ByteBuffer.allocate(WIDTH * HEIGHT * bits / 8);
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			put.number(data, i);
		return (float[]) open(
			new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(data.array())).make()).image()
			.getProcessor().getPixels();
	}

	@Test
	void signedNumbersOfSixteenBitsAreStoredAsImageJDoes() throws IOException {
		final Map<Integer, Object> tags = tags(16, 1, Packing.NONE);
		tags.put(339, new long[] { 2 });
		final ByteBuffer data = ByteBuffer.allocate(WIDTH * HEIGHT * 2);
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			data.putShort((short) (i - 7));
		final ImagePlus image =
			open(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(data.array())).make())
				.image();
		assertTrue(image.getCalibration().isSigned16Bit());
		assertEquals(-7, image.getCalibration().getCValue(image.getProcessor().get(0)));
	}

	@Test
	void bitsStoredFromTheLowestOnAreTurnedRound() throws IOException {
		final Map<Integer, Object> tags = tags(4, 1, Packing.NONE);
		tags.put(266, new long[] { 2 });
		final byte[] data = block(ByteOrder.BIG_ENDIAN, 4, 1, 0, 0, 0, WIDTH, HEIGHT, false);
		for (int i = 0; i < data.length; i++)
			data[i] = (byte) (Integer.reverse(data[i]) >>> 24);
		final ImagePlus image =
			open(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(data)).make()).image();
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			assertEquals(value(i % WIDTH, i / WIDTH, 0, 4), image.getProcessor().get(i));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2 })
	void transparencyIsKeptBesideTheColours(final int kind) throws IOException {
		final Map<Integer, Object> tags = tags(8, 4, Packing.NONE);
		tags.put(262, new long[] { 2 });
		tags.put(338, new long[] { kind });
		final byte[] data = new byte[WIDTH * HEIGHT * 4];
		for (int i = 0; i < WIDTH * HEIGHT; i++) {
			data[4 * i] = (byte) (kind == 1 ? 50 : 100);
			data[4 * i + 3] = (byte) 127;
		}
		final StoredImage stored =
			open(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(data)).make());
		assertEquals(100, stored.image().getProcessor().get(5) >> 16 & 0xff, 1);
		assertEquals(127 / 255f, stored.opacity()[5]);
		assertTrue(stored.isTransparent());
		// 100 × 127 / 255 + 255 × 128 / 255
		assertEquals(178, stored.onWhite().getProcessor().get(5) >> 16 & 0xff, 1);
		assertEquals(128, stored.onWhite().getProcessor().get(5) & 0xff);
	}

	@Test
	void aFourthSampleThatIsFullEverywhereIsLeftOut() throws IOException {
		final Map<Integer, Object> tags = tags(8, 4, Packing.NONE);
		tags.put(262, new long[] { 2 });
		final byte[] data = new byte[WIDTH * HEIGHT * 4];
		java.util.Arrays.fill(data, (byte) -1);
		final StoredImage stored =
			open(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(data)).make());
		assertEquals(24, stored.image().getBitDepth());
		assertFalse(stored.isTransparent());
	}

	@Test
	void palettesGiveColoursToPicturesAndNumbersToLabels() throws IOException {
		final Map<Integer, Object> tags = tags(4, 1, Packing.NONE);
		tags.put(262, new long[] { 3 });
		final long[] table = new long[48];
		for (int i = 0; i < 16; i++) {
			table[i] = 257L * 10 * i;
			table[32 + i] = 257L * (255 - i);
		}
		tags.put(320, table);
		final Path file = write(new TiffBytes(false, ByteOrder.BIG_ENDIAN)
			.page(tags, List.of(block(ByteOrder.BIG_ENDIAN, 4, 1, 0, 0, 0, WIDTH, HEIGHT, false)))
			.make());
		assertEquals(value(3, 4, 0, 4),
			LabelPlane.open(file, PlaneChoice.SHOWN).labels()[4 * WIDTH + 3]);
		final float[] samples =
			SourceImage.open(file, io.github.zimagefiji.request.IntensityRange.FULL, PlaneChoice.SHOWN)
				.input().samples();
		assertEquals(value(3, 4, 0, 4) * 10 / 255f, samples[4 * WIDTH + 3]);
		assertEquals((255 - value(3, 4, 0, 4)) / 255f, samples[2 * WIDTH * HEIGHT + 4 * WIDTH + 3]);
	}

	@Test
	void inksBecomeColours() throws IOException {
		final Map<Integer, Object> tags = tags(8, 4, Packing.NONE);
		tags.put(262, new long[] { 5 });
		final byte[] data = new byte[WIDTH * HEIGHT * 4];
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			System.arraycopy(new byte[] { 0, 55, (byte) 255, 51 }, 0, data, 4 * i, 4);
		assertEquals(0xcca000,
			open(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(data)).make()).image()
				.getProcessor().get(9) & 0xffffff);
	}

	@Test
	void pagesThatAreReducedAreLeftOut() throws IOException {
		final Map<Integer, Object> tags = tags(8, 1, Packing.NONE);
		final Map<Integer, Object> reduced = tags(8, 1, Packing.NONE);
		reduced.put(254, new long[] { 1 });
		final byte[] data = block(ByteOrder.BIG_ENDIAN, 8, 1, 0, 0, 0, WIDTH, HEIGHT, false);
		final ImagePlus image =
			open(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(reduced, List.of(new byte[data.length]))
				.page(tags, List.of(data)).page(reduced, List.of(new byte[data.length])).make()).image();
		assertArrayEquals(data, (byte[]) image.getProcessor().getPixels());
	}

	private StoredImage open(final byte[] file) throws IOException {
		return ImageFile.read(write(file), PlaneChoice.SHOWN);
	}

	private Path write(final byte[] file) throws IOException {
		return Files.write(folder.resolve("kind.tif"), file);
	}
}
