
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.TiffBytes;
import io.github.zimagefiji.image.TiffBytes.Packing;
import io.github.zimagefiji.image.TiffFile;

/** TIFF files that are not read, or that nobody ought to believe. */
class TiffRefusalTest {

	private static final int SIZE = 20;

	@TempDir
	Path folder;

	private static Map<Integer, Object> tags() {
		final Map<Integer, Object> tags = new HashMap<>();
		tags.put(256, new long[] { SIZE });
		tags.put(257, new long[] { SIZE });
		tags.put(258, new long[] { 8 });
		tags.put(262, new long[] { 1 });
		tags.put(277, new long[] { 1 });
		return tags;
	}

	@ParameterizedTest
	@CsvSource({ "259, 2, CCITT", "259, 6, JPEG in its old form", "259, 34712, JPEG 2000",
		"259, 34925, LZMA", "259, 50000, Zstandard", "259, 12345, compression 12345", "262, 8, CIELAB",
		"262, 9, CIELAB", "262, 32803, colour filters", "262, 32845, LogLuv", "262, 4, mask",
		"262, 77, photometric interpretation 77", "317, 2, predictor with no compr", "339, 6, complex",
		"258, 64, 64-bit unsigned", "258, 17, 17-bit", "32997, 5, planes without their own directories",
		"34122, 3, a stack of MetaMorph", "262, 6, damaged", "257, 100000, damaged", "256, 0, damaged",
		"256, 4294967295, at most", "277, 0, damaged", "277, 5000, damaged", "278, 0, damaged",
		"273, 4000000000, damaged" })
	void whatIsNotReadIsNamed(final int tag, final long value, final String named)
		throws IOException
	{
		final Map<Integer, Object> tags = tags();
		tags.put(tag, new long[] { value });
		refused(named, one(tags));
	}

	@Test
	void predictorsThatProgramsDoNotAgreeOnAreRefused() throws IOException {
		final Map<Integer, Object> tags = tags();
		tags.put(259, new long[] { Packing.PACK_BITS.number });
		tags.put(317, new long[] { 2 });
		refused("predictor with PackBits", one(tags));
	}

	@Test
	void samplesOfWhichNothingIsSaidAreRefused() throws IOException {
		final Map<Integer, Object> tags = tags();
		tags.put(262, new long[] { 2 });
		tags.put(277, new long[] { 4 });
		tags.put(258, new long[] { 8, 8, 8, 8 });
		refused("does not say what", new TiffBytes(false, ByteOrder.BIG_ENDIAN)
			.page(tags, List.of(new byte[SIZE * SIZE * 4])).make());
		tags.put(258, new long[] { 8, 8, 8, 16 });
		refused("differ in their bits", new TiffBytes(false, ByteOrder.BIG_ENDIAN)
			.page(tags, List.of(new byte[SIZE * SIZE * 4])).make());
	}

	@ParameterizedTest
	@CsvSource({ "1", "5", "7", "8", "32773" })
	void imagesLargerThanTheirBytesAreRefusedBeforeAnythingIsAllocated(final int compression)
		throws IOException
	{
		for (final long[] size : new long[][] { { 40_000, 40_000 }, { 0x7fffffff, 2 },
			{ 2, 0x7fffffff }, { 0xffffffffL, 0xffffffffL }, { 300_000, 1 } })
		{
			final Map<Integer, Object> tags = tags();
			tags.put(256, new long[] { size[0] });
			tags.put(257, new long[] { size[1] });
			tags.put(259, new long[] { compression });
			final byte[] file = one(tags);
			assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused("", file));
			// tiles of any size
			tags.put(322, new long[] { 0x7ffffff0 });
			tags.put(323, new long[] { 0x7ffffff0 });
			refused("", one(tags));
		}
	}

	@Test
	void directoriesInACircleAndWithTooManyEntriesAreRefusedAtOnce() throws IOException {
		final byte[] file = one(tags());
		final ByteBuffer bytes = ByteBuffer.wrap(file);
		final int start = bytes.getInt(4);
		bytes.putInt(start + 2 + 12 * bytes.getShort(start), start);
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused("damaged", file));
		final ByteBuffer many = ByteBuffer.allocate(5_000_000);
		many.putInt(0x4d4d002a).putInt(8).putShort((short) 65535);
		for (int i = 0; i < 65535; i++)
			many.putShort((short) 50838).putShort((short) 4).putInt(1_000_000).putInt(800_000);
		assertTimeoutPreemptively(Duration.ofSeconds(5), () -> refused("65535 entries", many.array()));
		assertThrows(InvalidInputException.class,
			() -> TiffFile.readProvenance(folder.resolve("bad.tif")));
	}

	/** One strip for each row, all of which are the same million of zeros. */
	@Test
	void manyStripsAtOnePlaceTakeTheTimeOfTheImageAndNoMore() throws IOException {
		final Map<Integer, Object> tags = tags();
		tags.put(256, new long[] { 1000 });
		tags.put(257, new long[] { 2000 });
		tags.put(259, new long[] { 8 });
		tags.put(278, new long[] { 1 });
		final long[] offsets = new long[2000];
		final long[] lengths = new long[2000];
		final byte[] packed = TiffBytes.pack(new byte[1_000_000], Packing.DEFLATE);
		Arrays.fill(offsets, 8);
		Arrays.fill(lengths, packed.length);
		tags.put(273, offsets);
		tags.put(279, lengths);
		final Path file =
			write(new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(packed)).make());
		assertTimeoutPreemptively(Duration.ofSeconds(10),
			() -> assertEquals(2000, ImageFile.read(file, PlaneChoice.SHOWN).image().getHeight()));
	}

	@Test
	void whateverIsChangedInAFileNothingIsPrintedOrThrownButASentence() throws IOException {
		final Random random = new Random(14);
		final ByteArrayOutputStream printed = new ByteArrayOutputStream();
		final PrintStream out = System.out;
		final PrintStream err = System.err;
		System.setOut(new PrintStream(printed, true));
		System.setErr(new PrintStream(printed, true));
		try {
			for (int i = 0; i < 3000; i++) {
				final Map<Integer, Object> tags = tags();
				final Packing packing = Packing.values()[i % 4];
				tags.put(259, new long[] { i % 37 == 0 ? 7 : packing.number });
				tags.put(270, "ImageJ=1.54p\nimages=2\nslices=2\nmin=1\nmax=9\n");
				final byte[] file =
					new TiffBytes(i % 3 == 0, i % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN)
						.page(tags, List.of(TiffBytes.pack(new byte[800], packing))).make();
				for (int change = 0; change < 1 + i % 4; change++)
					file[i % 2 == 0 ? file.length - 1 - random.nextInt(180) : random.nextInt(file.length)] =
						(byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(9));
				final Path place = write(file);
				try {
					ImageFile.read(place, new PlaneChoice(0, 1, 0));
				}
				catch (final InvalidInputException e) {
					assertTrue(e.getMessage().endsWith("."), e.getMessage());
				}
			}
		}
		finally {
			System.setOut(out);
			System.setErr(err);
		}
		assertEquals("", printed.toString());
	}

	@Test
	void cutOffFilesAreRefusedWhereverTheyEnd() throws IOException {
		for (final Packing packing : Packing.values()) {
			final Map<Integer, Object> tags = tags();
			tags.put(259, new long[] { packing.number });
			final byte[] pixels = new byte[SIZE * SIZE];
			new Random(3).nextBytes(pixels);
			// pixels last, as many programs write them
			final byte[] packed = TiffBytes.pack(pixels, packing);
			final byte[] head = new TiffBytes(false, ByteOrder.LITTLE_ENDIAN)
				.page(withPlace(tags, 400, packed.length), List.of(new byte[0])).make();
			final byte[] file = Arrays.copyOf(head, 400 + packed.length);
			System.arraycopy(packed, 0, file, 400, packed.length);
			final ImagePlus image = ImageFile.read(write(file), PlaneChoice.SHOWN).image();
			assertArrayEquals(pixels, (byte[]) image.getProcessor().getPixels());
			for (int length = 0; length < file.length; length += 7)
				refused("", Arrays.copyOf(file, length));
			// of the stated length, but too little in it
			if (packing == Packing.NONE) continue;
			final byte[] shorter = TiffBytes.pack(Arrays.copyOf(pixels, SIZE * SIZE - 1), packing);
			System.arraycopy(shorter, 0, file, 400, shorter.length);
			if (packing == Packing.PACK_BITS)
				Arrays.fill(file, 400 + shorter.length, file.length, (byte) -128);
			refused("damaged", file);
		}
	}

	private static Map<Integer, Object> withPlace(final Map<Integer, Object> tags, final long offset,
		final long length)
	{
		tags.put(273, new long[] { offset });
		tags.put(279, new long[] { length });
		return tags;
	}

	private static byte[] one(final Map<Integer, Object> tags) {
		return new TiffBytes(false, ByteOrder.BIG_ENDIAN).page(tags, List.of(new byte[SIZE * SIZE]))
			.make();
	}

	private void refused(final String named, final byte[] file) throws IOException {
		final Path place = write(file);
		assertRefused(() -> ImageFile.read(place, PlaneChoice.SHOWN), named, "bad.tif");
	}

	private Path write(final byte[] file) throws IOException {
		return Files.write(folder.resolve("bad.tif"), file);
	}
}
