
package io.github.zimagefiji.image.file.common;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * JPEG streams: what their markers say is looked at before Java's reader decodes them, which fills
 * up what is missing.
 *
 * @param width pixels
 * @param height pixels
 * @param components of a pixel
 * @param adobe the colour transform that Adobe's marker states; -1 without it
 * @param told whether a marker (JFIF, Adobe) says what the components are
 * @param rgb whether the components are called R, G and B
 * @param orientation as Exif numbers it
 */
public record JpegFile(int width, int height, int components, int adobe, boolean told, boolean rgb,
		int orientation)
{

	/**
	 * More samples than a byte of JPEG data can become: a bit for each block of 64 samples, and
	 * colours four times as coarse in both directions.
	 */
	public static final double MOST_RATIO = 2048;

	private static final int END = 0xd9;
	private static final int JFIF = 0xe0;
	private static final int EXIF = 0xe1;
	private static final int ADOBE = 0xee;
	private static final String EXIF_MARK = "Exif\0\0";
	private static final int YCCK = 2;

	/**
	 * Walks the markers of a stream up to its end.
	 *
	 * @param bytes from the first marker on
	 * @throws InvalidInputException if it ends too early, or is of a kind that is not read
	 */
	static JpegFile of(final FileBytes file, final ByteBuffer bytes, final boolean isWholeFile)
		throws IOException
	{
		int width = 0;
		int height = 0;
		int components = 0;
		int adobe = -1;
		boolean told = false;
		boolean rgb = false;
		int orientation = Orientation.UPRIGHT;
		for (int at = 2; at < bytes.limit() - 1;) {
			final int marker = bytes.get(at + 1) & 0xff;
			if (bytes.get(at) != -1 || marker == 0 || marker == 0xff ||
				marker >= 0xd0 && marker <= 0xd7 || marker == 1)
			{
				// data of a scan, or filling
				at += bytes.get(at) == -1 && marker != 0xff ? 2 : 1;
				continue;
			}
			if (marker == END) {
				if (width < 1 || height < 1) break;
				return new JpegFile(width, height, components, adobe, told, rgb, orientation).checked(file,
					bytes.limit());
			}
			if (at + 4 > bytes.limit()) break;
			final int length = marker == 0xd8 ? 0 : bytes.getShort(at + 2) & 0xffff;
			if (at + 2 + length > bytes.limit()) break;
			if (isFrame(marker)) {
				if (marker > 0xc2 || length < 8) throw file.problem(
					"holds JPEG data of a rare kind (process " + (marker - 0xc0) + "), which are not read");
				if (bytes.get(at + 4) != 8) throw file
					.problem("holds JPEG data of " + bytes.get(at + 4) + " bits, which are not read");
				height = bytes.getShort(at + 5) & 0xffff;
				width = bytes.getShort(at + 7) & 0xffff;
				components = bytes.get(at + 9) & 0xff;
				rgb = components == 3 && length >= 17 && bytes.get(at + 10) == 'R' &&
					bytes.get(at + 13) == 'G' && bytes.get(at + 16) == 'B';
			}
			told |= marker == JFIF && length >= 7 && text(bytes, at + 4, 4).equals("JFIF");
			if (marker == ADOBE && length >= 14 && text(bytes, at + 4, 5).equals("Adobe")) {
				adobe = bytes.get(at + 15) & 0xff;
				told = true;
			}
			if (isWholeFile && marker == EXIF && length > 16 && text(bytes, at + 4, 6).equals(EXIF_MARK))
				orientation = Orientation.ofExif(file, at + 10, length - 8L);
			at += 2 + length;
		}
		throw file.damaged();
	}

	private JpegFile checked(final FileBytes file, final long length) {
		if ((double) width * height * components > MOST_RATIO * length) throw file
			.problem("states " + width + " × " + height + " pixels, more than its bytes can hold");
		return this;
	}

	private static boolean isFrame(final int marker) {
		return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
	}

	private static String text(final ByteBuffer bytes, final int at, final int length) {
		final byte[] text = new byte[length];
		bytes.get(at, text);
		return new String(text, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Reads a file; CMYK becomes RGB without a colour profile, as 255 less ink and black: (255 -
	 * C)(255 - K) / 255.
	 *
	 * @throws InvalidInputException if it is cut off, damaged, or of a kind that is not read
	 */
	public static StoredImage open(final FileBytes file) throws IOException {
		final ByteBuffer bytes = file.block(0, file.size());
		final JpegFile stated = of(file, bytes, true);
		JavaMemory.check(8L * stated.width * stated.height, file.file());
		final StoredImage decoded;
		if (stated.components == 4) decoded = JavaPicture.ofRgb(file, stated.width, stated.height,
			stated.cmyk(raster(file, bytes.array())));
		else if (stated.components == 3 && !stated.told) decoded = JavaPicture.ofRgb(file, stated.width,
			stated.height, stated.plain(raster(file, bytes.array())));
		else decoded = stated.byJava(file, bytes.array());
		return Orientation.turn(new StoredImage(decoded.image(), null, true), stated.orientation);
	}

	private StoredImage byJava(final FileBytes file, final byte[] stream) throws IOException {
		if (components != 1 && components != 3)
			throw file.problem("holds JPEG data of " + components + " components, which are not read");
		try (JavaReader reader = new JavaReader(file, "jpeg", new ByteArrayInputStream(stream))) {
			final BufferedImage picture = reader.read();
			return JavaPicture.of(file, picture);
		}
	}

	/** Java guesses what components are by how fine they are. */
	private int[] plain(final Raster raster) {
		final int[] colours = new int[width * height];
		final int[] row = new int[3 * width];
		for (int y = 0; y < height; y++) {
			raster.getPixels(0, y, width, 1, row);
			for (int x = 0; x < width; x++)
				colours[y * width + x] = rgb ? row[3 * x] << 16 | row[3 * x + 1] << 8 | row[3 * x + 2]
					: Colours.ofYCbCr(row[3 * x], row[3 * x + 1], row[3 * x + 2]);
		}
		return colours;
	}

	/**
	 * With Adobe's marker, as all programs write it, inks are stored inverted: as what they leave of
	 * the light.
	 */
	private int[] cmyk(final Raster raster) {
		final int[] colours = new int[width * height];
		final int[] row = new int[4 * width];
		for (int y = 0; y < height; y++) {
			raster.getPixels(0, y, width, 1, row);
			for (int x = 0; x < width; x++)
				colours[y * width + x] = colour(row[4 * x], row[4 * x + 1], row[4 * x + 2], row[4 * x + 3]);
		}
		return colours;
	}

	private int colour(final int first, final int second, final int third, final int black) {
		// colours and their differences are those of the inks
		final int stored =
			adobe == YCCK ? ~Colours.ofYCbCr(first, second, third) : first << 16 | second << 8 | third;
		final int left = adobe < 0 ? ~stored : stored;
		return Colours.ofInks(left, adobe < 0 ? 255 - black : black);
	}

	private static Raster raster(final FileBytes file, final byte[] stream) throws IOException {
		try (JavaReader reader = new JavaReader(file, "jpeg", new ByteArrayInputStream(stream))) {
			return reader.readRaster();
		}
	}

	/** A stream whose tables are stored apart, as in TIFF files. */
	public static byte[] joined(final byte[] tables, final byte[] stream) {
		if (tables.length < 4 || stream.length < 2) return stream;
		final byte[] joined = new byte[tables.length - 2 + stream.length - 2];
		System.arraycopy(tables, 0, joined, 0, tables.length - 2);
		System.arraycopy(stream, 2, joined, tables.length - 2, stream.length - 2);
		return joined;
	}

	/**
	 * The samples of a stream as they are stored, without a change of colours.
	 *
	 * @return (rows, width, samples)
	 * @throws InvalidInputException if it does not hold so many
	 */
	public static byte[] samples(final FileBytes file, final byte[] stream, final int width,
		final int rows, final int samples) throws IOException
	{
		final JpegFile stated = of(file, ByteBuffer.wrap(stream), false);
		if (stated.width != width || stated.height < rows || stated.components != samples)
			throw file.problem("holds JPEG data that do not fit its directory");
		JavaMemory.check(3L * stated.width * stated.height * samples, file.file());
		final Raster raster = raster(file, stream);
		final byte[] made = new byte[rows * width * samples];
		final int[] row = new int[width * samples];
		for (int y = 0; y < rows; y++) {
			raster.getPixels(0, y, width, 1, row);
			for (int i = 0; i < row.length; i++)
				made[y * row.length + i] = (byte) row[i];
		}
		return made;
	}
}
