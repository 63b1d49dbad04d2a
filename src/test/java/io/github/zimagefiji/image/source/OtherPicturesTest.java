
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.TiffBytes;
import io.github.zimagefiji.image.file.common.StoredImage;

/** PNG, JPEG, GIF and BMP files. */
class OtherPicturesTest {

	private static final int WIDTH = 24;
	private static final int HEIGHT = 16;

	@TempDir
	Path folder;

	/** Smooth, and different in every corner. */
	private static BufferedImage picture() {
		final BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				picture.setRGB(x, y, 10 * x << 16 | 15 * y << 8 | 5 * (x + y));
		return picture;
	}

	private static byte[] bytes(final BufferedImage picture, final String format) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		assertTrue(ImageIO.write(picture, format, out));
		return out.toByteArray();
	}

	private ImagePlus open(final byte[] file) throws IOException {
		return read(file).image();
	}

	private StoredImage read(final byte[] file) throws IOException {
		return ImageFile.read(write(file), PlaneChoice.SHOWN);
	}

	private Path write(final byte[] file) throws IOException {
		return Files.write(folder.resolve("any.file"), file);
	}

	private void refused(final String why, final byte[] file) throws IOException {
		final Path place = write(file);
		assertRefused(() -> ImageFile.read(place, PlaneChoice.SHOWN), why);
	}

	/** Where the pixel at x, y is stored if a file has an orientation. */
	private static int[] stored(final int orientation, final int x, final int y) {
		final int right = WIDTH - 1 - x;
		final int below = HEIGHT - 1 - y;
		return switch (orientation) {
			case 2 -> new int[] { right, y };
			case 3 -> new int[] { right, below };
			case 4 -> new int[] { x, below };
			case 5 -> new int[] { y, x };
			// the first row of the file is the right-hand side
			case 6 -> new int[] { y, right };
			case 7 -> new int[] { below, right };
			// the first row of the file is the left-hand side
			case 8 -> new int[] { below, x };
			default -> new int[] { x, y };
		};
	}

	private static byte[] exif(final int orientation, final ByteOrder order) {
		return ByteBuffer.allocate(26).order(order)
			.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4d4d : 0x4949)).putShort((short) 42)
			.putInt(8).putShort((short) 1).putShort((short) 274).putShort((short) 3).putInt(1)
			.putShort((short) orientation).putShort((short) 0).putInt(0).array();
	}

	private static byte[] insert(final byte[] file, final int at, final byte[] part) {
		final ByteBuffer made = ByteBuffer.allocate(file.length + part.length);
		return made.put(file, 0, at).put(part).put(file, at, file.length - at).array();
	}

	private static byte[] chunk(final String type, final byte[] data) {
		final CRC32 sum = new CRC32();
		sum.update(type.getBytes(StandardCharsets.US_ASCII));
		sum.update(data);
		return ByteBuffer.allocate(12 + data.length).putInt(data.length)
			.put(type.getBytes(StandardCharsets.US_ASCII)).put(data).putInt((int) sum.getValue()).array();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6, 7, 8 })
	void everyOrientationIsTurnedUpright(final int orientation) throws IOException {
		final BufferedImage upright = picture();
		final boolean sideways = orientation > 4;
		final BufferedImage turned = new BufferedImage(sideways ? HEIGHT : WIDTH,
			sideways ? WIDTH : HEIGHT, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++) {
				final int[] place = stored(orientation, x, y);
				turned.setRGB(place[0], place[1], upright.getRGB(x, y));
			}
		final ByteOrder order = orientation % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
		final byte[] png = insert(bytes(turned, "png"), 33, chunk("eXIf", exif(orientation, order)));
		same(upright, open(png).getProcessor(), 0);
		final byte[] exif = exif(orientation, order);
		final byte[] app1 = ByteBuffer.allocate(10 + exif.length).putShort((short) 0xffe1)
			.putShort((short) (8 + exif.length)).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
			.put(exif).array();
		same(upright, open(insert(bytes(turned, "jpg"), 2, app1)).getProcessor(), 40);
		final TiffBytes tiff = new TiffBytes(false, order);
		final byte[] data = new byte[3 * WIDTH * HEIGHT];
		for (int i = 0; i < WIDTH * HEIGHT; i++)
			for (int c = 0; c < 3; c++)
				data[3 * i + c] =
					(byte) (turned.getRGB(i % turned.getWidth(), i / turned.getWidth()) >> 16 - 8 * c);
		tiff.page(java.util.Map.of(256, new long[] { turned.getWidth() }, 257,
			new long[] { turned.getHeight() }, 258, new long[] { 8, 8, 8 }, 262, new long[] { 2 }, 274,
			new long[] { orientation }, 277, new long[] { 3 }), java.util.List.of(data));
		same(upright, open(tiff.make()).getProcessor(), 0);
	}

	private static void same(final BufferedImage upright, final ImageProcessor found,
		final int tolerance)
	{
		assertEquals(WIDTH, found.getWidth());
		for (int y = 0; y < HEIGHT; y++)
			for (int x = 0; x < WIDTH; x++)
				for (int shift = 0; shift <= 16; shift += 8)
					assertEquals(upright.getRGB(x, y) >> shift & 0xff, found.get(x, y) >> shift & 0xff,
						tolerance, x + ", " + y);
	}

	@ParameterizedTest
	@ValueSource(strings = { "png", "jpg", "gif", "bmp" })
	void picturesThatAreCutOffAreRefusedWhereverTheyEnd(final String format) throws IOException {
		final BufferedImage noise = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
		final Random random = new Random(5);
		for (int i = 0; i < 1200; i++)
			noise.setRGB(i % 40, i / 40, random.nextInt());
		final byte[] file = bytes(noise, format);
		assertEquals(40, open(file).getWidth());
		for (int length = 0; length < file.length; length += length < 100 ? 1 : 41)
			refused("", Arrays.copyOf(file, length));
		refused("", Arrays.copyOf(file, file.length - 1));
		// cut off in the middle, but with a proper end
		final byte[] middle = Arrays.copyOf(file, file.length / 2);
		if (format.equals("jpg"))
			refused("damaged", insert(middle, middle.length, new byte[] { (byte) 0xff, (byte) 0xd9 }));
		if (format.equals("png"))
			refused("", insert(middle, middle.length, chunk("IEND", new byte[0])));
	}

	@Test
	void animationsAndOtherScreensAreRefused() throws IOException {
		final byte[] gif = bytes(picture(), "gif");
		final int image = 13 + (3 << (gif[10] & 7) + 1);
		int start = image;
		while (gif[start] == 0x21)
			start += 3 + gif[start + 2] + 1;
		final byte[] frame = Arrays.copyOfRange(gif, start, gif.length - 1);
		refused("holds 2 pictures", insert(gif, gif.length - 1, frame));
		final byte[] elsewhere = gif.clone();
		elsewhere[start + 1] = 3;
		refused("on a screen of", elsewhere);
		refused("holds 5 pictures",
			insert(bytes(picture(), "png"), 33, chunk("acTL", new byte[] { 0, 0, 0, 5, 0, 0, 0, 0 })));
	}

	@Test
	void sizesThatBytesCannotHoldAreRefusedBeforeAnythingIsAllocated() throws IOException {
		final byte[] png = bytes(picture(), "png");
		final ByteBuffer header = ByteBuffer.wrap(png);
		header.putInt(16, 60_000).putInt(20, 60_000);
		final CRC32 sum = new CRC32();
		sum.update(png, 12, 17);
		header.putInt(29, (int) sum.getValue());
		refused("more than its bytes can hold", png);
		final byte[] jpg = bytes(picture(), "jpg");
		for (int i = 2; i < jpg.length - 9; i++)
			if (jpg[i] == -1 && jpg[i + 1] == (byte) 0xc0) Arrays.fill(jpg, i + 5, i + 9, (byte) 0xfe);
		refused("more than its bytes can hold", jpg);
		final byte[] bmp = bytes(picture(), "bmp");
		ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(18, 1 << 30).putInt(22, 1 << 30);
		refused("damaged", bmp);
		refused("damaged", "P5 60000 60000 255\n1".getBytes());
		refused("damaged", "P2 60000 60000 255\n1".getBytes());
		refused("damaged", ScannerPicturesTest.fits("BITPIX  = 16", "NAXIS   = 2", "NAXIS1  = 60000",
			"NAXIS2  = 60000"));
	}

	@Test
	void palettesKeepTheirNumbersForLabels() throws IOException {
		final byte[] red = { 0, (byte) 255, 0, 9 };
		final BufferedImage picture = new BufferedImage(5, 1, BufferedImage.TYPE_BYTE_BINARY,
			new IndexColorModel(2, 4, red, new byte[4], new byte[4]));
		picture.getRaster().setSamples(0, 0, 5, 1, 0, new int[] { 0, 1, 2, 3, 1 });
		final Path file = write(bytes(picture, "png"));
		assertArrayEquals(new int[] { 0, 1, 2, 3, 1 },
			LabelPlane.open(file, PlaneChoice.SHOWN).labels());
		final float[] samples =
			SourceImage.open(file, io.github.zimagefiji.request.IntensityRange.FULL, PlaneChoice.SHOWN)
				.input().samples();
		assertEquals(1, samples[1]);
		assertEquals(0, samples[2]);
		assertEquals(9 / 255f, samples[3]);
	}

	@Test
	void labelsWithTransparencyAreRefused() throws IOException {
		final BufferedImage clear = new BufferedImage(4, 4, BufferedImage.TYPE_INT_ARGB);
		clear.setRGB(1, 1, Color.RED.getRGB());
		final Path file = write(bytes(clear, "png"));
		assertRefused(() -> LabelPlane.open(file, PlaneChoice.SHOWN), "transparent");
		assertTrue(read(bytes(clear, "png")).isTransparent());
	}

	/** Java takes components that are all as fine as each other for RGB. */
	@Test
	void jpegWithoutAnyMarkerOfColoursIsYCbCr() throws IOException {
		final byte[] jpg = bytes(picture(), "jpg");
		final int jfif = 4 + ((jpg[4] & 0xff) << 8 | jpg[5] & 0xff);
		final byte[] bare = insert(Arrays.copyOf(jpg, 2), 2, Arrays.copyOfRange(jpg, jfif, jpg.length));
		same(picture(), open(bare).getProcessor(), 40);
	}
}
