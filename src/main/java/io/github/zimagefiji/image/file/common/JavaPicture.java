
package io.github.zimagefiji.image.file.common;

import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;

/**
 * Pictures that Java read, as images: samples as they are stored, of 8 or 16 bits, and never
 * changed by way of a colour space of Java's.
 */
public final class JavaPicture {

	private static final int COLOURS = 3;
	private static final int FULL = 65535;

	private JavaPicture() {
		// only static methods
	}

	/** An RGB image. */
	public static StoredImage ofRgb(final FileBytes file, final int width, final int height,
		final int[] colours)
	{
		return new StoredImage(new ImagePlus(name(file), new ColorProcessor(width, height, colours)),
			null);
	}

	/**
	 * Takes a picture over.
	 * <ul>
	 * <li>With a table of colours: its numbers, with the table; black and white become 0 and
	 * 255.</li>
	 * <li>Grey: 8 or 16 bits.</li>
	 * <li>Colours of 8 bits: RGB; of 16 bits: three channels.</li>
	 * </ul>
	 */
	public static StoredImage of(final FileBytes file, final BufferedImage picture)
		throws IOException
	{
		final ColorModel model = picture.getColorModel();
		if (model instanceof IndexColorModel table) return indexed(file, picture, table);
		final boolean profile =
			model.getNumColorComponents() == COLOURS && !model.getColorSpace().isCS_sRGB();
		final int bits = model.getComponentSize(0);
		if (model instanceof DirectColorModel || profile && bits == 8)
			return direct(file, picture, profile);
		final int colours = model.getNumColorComponents();
		if (colours != 1 && colours != COLOURS || bits != 8 && bits != 16)
			throw file.problem("holds " + colours + " colours of " + bits + " bits, which are not read");
		final Raster raster = picture.getRaster();
		final float[] opacity = model.hasAlpha() ? opacity(raster, colours, bits) : null;
		if (bits == 8 && colours == COLOURS) return new StoredImage(
			ofRgb(file, picture.getWidth(), picture.getHeight(), packed(raster)).image(), opacity);
		final ImageStack stack = new ImageStack(picture.getWidth(), picture.getHeight());
		for (int band = 0; band < colours; band++)
			stack.addSlice(plane(raster, band, bits));
		final ImagePlus image = new ImagePlus(name(file), stack);
		if (bits == 16) image.getProcessor().setMinAndMax(0, FULL);
		return new StoredImage(colours == 1 ? image : channels(image), opacity);
	}

	private static String name(final FileBytes file) {
		return file.file().getFileName().toString();
	}

	/** Planes of 16 bits as red, green and blue. */
	public static CompositeImage channels(final ImagePlus image) {
		image.setDimensions(image.getStackSize(), 1, 1);
		final CompositeImage made = new CompositeImage(image, CompositeImage.COMPOSITE);
		for (int channel = 1; channel <= image.getStackSize(); channel++) {
			made.setPosition(channel, 1, 1);
			made.setDisplayRange(0, FULL);
		}
		made.setPosition(1, 1, 1);
		return made;
	}

	private static StoredImage direct(final FileBytes file, final BufferedImage picture,
		final boolean profile)
	{
		final int width = picture.getWidth();
		final int height = picture.getHeight();
		BufferedImage source = picture;
		if (profile) {
			source = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
			new ColorConvertOp(null).filter(picture, source);
		}
		final int[] colours = source.getRGB(0, 0, width, height, null, 0, width);
		final float[] opacity = picture.getColorModel().hasAlpha() ? new float[colours.length] : null;
		if (opacity != null) for (int i = 0; i < colours.length; i++)
			opacity[i] = (colours[i] >>> 24) / 255f;
		return new StoredImage(ofRgb(file, width, height, colours).image(), opacity);
	}

	private static StoredImage indexed(final FileBytes file, final BufferedImage picture,
		final IndexColorModel table)
	{
		final byte[] numbers = (byte[]) plane(picture.getRaster(), 0, 8).getPixels();
		final float[] opacity = table.hasAlpha() ? new float[numbers.length] : null;
		if (opacity != null) for (int i = 0; i < numbers.length; i++)
			opacity[i] = table.getAlpha(numbers[i] & 0xff) / 255f;
		final ByteProcessor plane = new ByteProcessor(picture.getWidth(), picture.getHeight(), numbers);
		if (isBlackAndWhite(table)) {
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = (byte) table.getRed(numbers[i] & 0xff);
		}
		else plane.setLut(lut(table));
		return new StoredImage(new ImagePlus(name(file), plane), opacity);
	}

	/** Numbers of such a table are no labels, as they are with more entries. */
	private static boolean isBlackAndWhite(final IndexColorModel table) {
		if (table.getMapSize() > 2) return false;
		for (int i = 0; i < table.getMapSize(); i++) {
			final int colour = table.getRGB(i) & 0xffffff;
			if (colour != 0 && colour != 0xffffff) return false;
		}
		return true;
	}

	private static LUT lut(final IndexColorModel table) {
		final byte[][] colours = new byte[COLOURS][256];
		for (int i = 0; i < Math.min(256, table.getMapSize()); i++) {
			colours[0][i] = (byte) table.getRed(i);
			colours[1][i] = (byte) table.getGreen(i);
			colours[2][i] = (byte) table.getBlue(i);
		}
		return new LUT(colours[0], colours[1], colours[2]);
	}

	private static ImageProcessor plane(final Raster raster, final int band, final int bits) {
		final int width = raster.getWidth();
		final ImageProcessor plane = bits == 8 ? new ByteProcessor(width, raster.getHeight())
			: new ShortProcessor(width, raster.getHeight());
		final int[] row = new int[width];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getSamples(0, y, width, 1, band, row);
			for (int x = 0; x < width; x++)
				plane.set(x, y, row[x]);
		}
		return plane;
	}

	private static int[] packed(final Raster raster) {
		final int width = raster.getWidth();
		final int[] colours = new int[width * raster.getHeight()];
		final int[] row = new int[width];
		for (int y = 0; y < raster.getHeight(); y++)
			for (int band = 0; band < COLOURS; band++) {
				raster.getSamples(0, y, width, 1, band, row);
				for (int x = 0; x < width; x++)
					colours[y * width + x] |= row[x] << 16 - 8 * band;
			}
		return colours;
	}

	private static float[] opacity(final Raster raster, final int band, final int bits) {
		final float[] opacity =
			raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (float[]) null);
		final float most = (1 << bits) - 1;
		for (int i = 0; i < opacity.length; i++)
			opacity[i] /= most;
		return opacity;
	}
}
