
package io.github.zimagefiji.image.file.tiff;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.ColourTable;
import io.github.zimagefiji.image.file.common.Colours;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.TiffDirectory;

/**
 * The samples of a page of a TIFF file as planes of ImageJ: colours together where they are 8-bit,
 * everything else apart.
 *
 * @param layout how they lay
 * @param planes one, or one for each channel
 * @param opacity (height, width), 0 to 1; null if the page has none
 */
record TiffPlanes(TiffLayout layout, List<ImageProcessor> planes, float[] opacity) {

	private static final int MULTIPLIED = 1;
	private static final int PLAIN = 2;

	/**
	 * Reads a page.
	 *
	 * @throws InvalidInputException if it is damaged, or a sample means nothing that is known
	 */
	static TiffPlanes read(final FileBytes file, final TiffDirectory page, final TiffLayout layout)
		throws IOException
	{
		final Object[] samples = TiffPixels.read(file, layout);
		final int colours = layout.colours();
		final float[] opacity = opacity(file, layout, samples);
		final List<ImageProcessor> planes = new ArrayList<>();
		final boolean bytes = layout.format().isByte() && layout.format().bits() == 8;
		if (colours > 1 && bytes)
			planes.add(new ColorProcessor(layout.width(), layout.height(), packed(layout, samples)));
		else for (int i = 0; i < (opacity != null || colours > 1 ? colours : samples.length); i++)
			planes.add(plane(file, page, layout, samples[i]));
		if (opacity != null && layout.extra()[0] == MULTIPLIED)
			planes.forEach(plane -> divide(plane, opacity));
		return new TiffPlanes(layout, planes, opacity);
	}

	/** A sample beyond colours that is full everywhere may be left out. */
	private static float[] opacity(final FileBytes file, final TiffLayout layout,
		final Object[] samples)
	{
		final int[] extra = layout.extra();
		if (extra.length == 0) return null;
		final int kind = extra.length == 1 ? extra[0] : 0;
		final Object stored = samples[samples.length - 1];
		if (kind == MULTIPLIED || kind == PLAIN) return shares(file, layout, stored);
		// grey: the others are channels
		if (layout.colours() == 1 && layout.photometric() != TiffLayout.PALETTE) return null;
		if (extra.length == 1 && isFull(stored)) return null;
		throw file.problem("has " + layout.samples() +
			" samples in a pixel, but does not say what those beyond its colours mean");
	}

	private static boolean isFull(final Object stored) {
		if (stored instanceof byte[] bytes) {
			for (final byte value : bytes)
				if (value != -1) return false;
			return true;
		}
		if (!(stored instanceof short[] shorts)) return false;
		for (final short value : shorts)
			if (value != -1) return false;
		return true;
	}

	private static float[] shares(final FileBytes file, final TiffLayout layout,
		final Object stored)
	{
		if (layout.format().kind() != TiffSample.Kind.UNSIGNED || layout.format().bits() > 16)
			throw file.problem(
				"has transparency of " + layout.format().bits() + "-bit numbers, which is not read");
		final float most = (1 << layout.format().bits()) - 1;
		final float[] shares = new float[layout.width() * layout.height()];
		for (int i = 0; i < shares.length; i++)
			shares[i] =
				(stored instanceof byte[] bytes ? bytes[i] & 0xff : ((short[]) stored)[i] & 0xffff) / most;
		return shares;
	}

	/** Colours that were multiplied by their opacity. */
	private static void divide(final ImageProcessor plane, final float[] opacity) {
		final int most = plane.getBitDepth() == 16 ? 0xffff : 0xff;
		for (int i = 0; i < opacity.length; i++) {
			if (opacity[i] == 0) continue;
			int value = 0;
			if (plane instanceof ColorProcessor) for (int shift = 0; shift <= 16; shift += 8)
				value |= Math.min(most, Math.round((plane.get(i) >> shift & 0xff) / opacity[i])) << shift;
			else value = Math.min(most, Math.round(plane.get(i) / opacity[i]));
			plane.set(i, value);
		}
	}

	private static int[] packed(final TiffLayout layout, final Object[] samples) {
		final int[] colours = new int[layout.width() * layout.height()];
		final byte[][] bytes = new byte[layout.colours()][];
		for (int i = 0; i < bytes.length; i++)
			bytes[i] = (byte[]) samples[i];
		for (int i = 0; i < colours.length; i++) {
			final int first = bytes[0][i] & 0xff;
			final int second = bytes[1][i] & 0xff;
			final int third = bytes[2][i] & 0xff;
			final int colour = first << 16 | second << 8 | third;
			colours[i] = switch (layout.photometric()) {
				case TiffLayout.YCBCR -> Colours.ofYCbCr(first, second, third);
				case TiffLayout.CMYK -> Colours.ofInks(~colour, 255 - (bytes[3][i] & 0xff));
				default -> colour;
			};
		}
		return colours;
	}

	private static ImageProcessor plane(final FileBytes file, final TiffDirectory page,
		final TiffLayout layout, final Object samples) throws IOException
	{
		final int width = layout.width();
		final int height = layout.height();
		final ImageProcessor plane =
			samples instanceof byte[] bytes ? new ByteProcessor(width, height, bytes)
				: samples instanceof short[] shorts ? new ShortProcessor(width, height, shorts, null)
					: new FloatProcessor(width, height, (float[]) samples);
		if (plane instanceof ByteProcessor bytes) table(file, page, layout, bytes);
		else plane.resetMinAndMax();
		if (layout.photometric() == TiffLayout.WHITE_IS_ZERO) plane.invertLut();
		return plane;
	}

	/** Of fewer than 8 bits, numbers stay; black and white become 0 and 255. */
	private static void table(final FileBytes file, final TiffDirectory page, final TiffLayout layout,
		final ByteProcessor plane) throws IOException
	{
		final int bits = layout.format().bits();
		if (layout.photometric() == TiffLayout.PALETTE) {
			plane.setLut(ColourTable.read(file, page, bits));
			return;
		}
		if (bits == 8) return;
		if (bits > 1) {
			plane.setLut(ColourTable.grey(bits));
			return;
		}
		final byte[] pixels = (byte[]) plane.getPixels();
		for (int i = 0; i < pixels.length; i++)
			pixels[i] = (byte) -pixels[i];
	}
}
