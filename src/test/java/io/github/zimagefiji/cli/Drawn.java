
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.IntBinaryOperator;

import javax.imageio.ImageIO;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;

/**
 * Pictures for tests, written and read by ImageJ and Java's own writers, not by what is tested.
 */
public final class Drawn {

	private Drawn() {
		// only static methods
	}

	/** Colours that differ from pixel to pixel. */
	public static ColorProcessor colours(final int width, final int height, final int seed) {
		final ColorProcessor picture = new ColorProcessor(width, height);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++)
				picture.set(x, y, 0xff000000 | (3 * x + seed & 0xff) << 16 | (2 * y + seed & 0xff) << 8 |
					(5 * x + 7 * y + seed & 0xff));
		}
		return picture;
	}

	/** A PNG file of {@link #colours}. */
	public static Path png(final Path file, final int width, final int height) {
		return png(file, colours(width, height, 0));
	}

	/** A PNG file. */
	public static Path png(final Path file, final ImageProcessor picture) {
		return png(file, picture.getBufferedImage());
	}

	public static Path png(final Path file, final BufferedImage picture) {
		try {
			ImageIO.write(picture, "png", file.toFile());
			return file;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * A PNG mask that is white in a rectangle, which ends before (right, bottom).
	 */
	public static Path mask(final Path file, final int width, final int height, final int left,
		final int top, final int right, final int bottom)
	{
		final BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
		for (int y = top; y < bottom; y++) {
			for (int x = left; x < right; x++)
				mask.setRGB(x, y, 0xffffff);
		}
		return png(file, mask);
	}

	/** 16 bits, value by value. */
	public static ShortProcessor shorts(final int width, final int height,
		final IntBinaryOperator value)
	{
		final ShortProcessor plane = new ShortProcessor(width, height);
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < width; x++)
				plane.set(x, y, value.applyAsInt(x, y));
		}
		return plane;
	}

	/**
	 * A 16-bit TIFF of 0.25 µm pixels that is displayed from 1000 to 5000, with values from 500 to
	 * 6000.
	 */
	public static Path tiff16(final Path file, final int width, final int height) {
		final ImagePlus image =
			new ImagePlus("16 bits", shorts(width, height, (x, y) -> 500 + (37 * x + 101 * y) % 5501));
		image.setDisplayRange(1000, 5000);
		image.getCalibration().setUnit("µm");
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.25;
		return tiff(file, image);
	}

	/** A TIFF as ImageJ writes it. */
	public static Path tiff(final Path file, final ImagePlus image) {
		IJ.saveAsTiff(image, file.toString());
		return file;
	}

	/** Reads a file with ImageJ. */
	public static ImagePlus open(final Path file) {
		final ImagePlus image = IJ.openImage(file.toString());
		assertNotNull(image, file.toString());
		return image;
	}

	/** Reads a file with Java's own reader. */
	public static BufferedImage read(final Path file) {
		try {
			return ImageIO.read(file.toFile());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public static void assertSize(final int width, final int height, final ImagePlus image) {
		assertEquals(width + " × " + height, image.getWidth() + " × " + image.getHeight());
	}

	/**
	 * The share of pixels in which two pictures differ, within a rectangle that ends before (right,
	 * bottom); it may be empty.
	 */
	public static double difference(final ImageProcessor one, final ImageProcessor other,
		final int left, final int top, final int right, final int bottom)
	{
		int different = 0;
		for (int y = top; y < bottom; y++) {
			for (int x = left; x < right; x++)
				different += one.get(x, y) == other.get(x, y) ? 0 : 1;
		}
		return different / (double) Math.max(1, (right - left) * (bottom - top));
	}

	/** The share of pixels in which two pictures of the same size differ. */
	public static double difference(final ImageProcessor one, final ImageProcessor other) {
		assertEquals(one.getWidth(), other.getWidth());
		assertEquals(one.getHeight(), other.getHeight());
		return difference(one, other, 0, 0, one.getWidth(), one.getHeight());
	}
}
