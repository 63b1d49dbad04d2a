
package io.github.zimagefiji.image.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.Planes;
import io.github.zimagefiji.image.file.common.Scaling;
import io.github.zimagefiji.image.file.common.StoredImage;

/**
 * The first image of FITS files (FITS standard 4.0). The first row is the lowest one.
 */
final class FitsPicture {

	private static final int CARD = 80;
	private static final int RECORD = 2880;
	private static final int MOST_CARDS = 10_000;
	private static final int SIGNED = 32768;

	private final FileBytes file;
	private final Map<String, String> header = new HashMap<>();
	private long data;

	private FitsPicture(final FileBytes file) throws IOException {
		this.file = file;
		file.order(ByteOrder.BIG_ENDIAN);
		for (int card = 0; card < MOST_CARDS; card++) {
			final String text =
				new String(file.block((long) card * CARD, CARD).array(), StandardCharsets.ISO_8859_1);
			final String key = text.substring(0, 8).trim();
			if (key.equals("END")) {
				data = ((card + 1L) * CARD + RECORD - 1) / RECORD * RECORD;
				return;
			}
			if (text.startsWith("= ", 8))
				header.putIfAbsent(key, text.substring(10).split("/", 2)[0].trim());
		}
		throw file.damaged();
	}

	/**
	 * Reads one plane.
	 *
	 * @param slice from 1; 0 for the only one that there is
	 * @throws InvalidInputException if the file is cut off, damaged, or holds what is not read
	 */
	static StoredImage open(final FileBytes file, final int slice) throws IOException {
		return new FitsPicture(file).read(slice);
	}

	private StoredImage read(final int slice) throws IOException {
		final int axes = (int) number("NAXIS", 0);
		if (axes < 2) throw file.problem("has no image in the first part of the FITS file");
		final long width = (long) number("NAXIS1", 0);
		final long height = (long) number("NAXIS2", 0);
		final long slices = axes > 2 ? (long) number("NAXIS3", 1) : 1;
		for (int axis = 4; axis <= Math.min(axes, 999); axis++)
			if (number("NAXIS" + axis, 1) > 1)
				throw file.problem("has " + axes + " axes, which are not read");
		final int bits = (int) number("BITPIX", 0);
		final int bytes = Math.abs(bits) / 8;
		if (bits != 8 && bits != 16 && bits != 32 && bits != -32 && bits != -64)
			throw file.problem("holds numbers of " + bits + " bits (BITPIX), which are not read");
		if (width < 1 || height < 1 || slices < 1) throw file.damaged();
		if (width > Integer.MAX_VALUE / height || slices > Integer.MAX_VALUE ||
			width * height * bytes > (file.size() - data) / slices) throw file.damaged();
		final String name = file.file().getFileName().toString();
		final int z = Planes.only(name, "slice", slice, (int) slices);
		final long plane = width * height * bytes;
		JavaMemory.check(3 * plane, file.file());
		final ImagePlus image = new ImagePlus(name,
			plane((int) width, (int) height, bits, file.block(data + (z - 1) * plane, plane)));
		final boolean unsigned = number("BZERO", 0) == SIGNED && number("BSCALE", 1) == 1;
		if (bits == 16 && !unsigned)
			Scaling.apply(image, number("BSCALE", 1), number("BZERO", 0), true);
		if (bits == 8) Scaling.apply(image, number("BSCALE", 1), number("BZERO", 0), false);
		return new StoredImage(image, null);
	}

	private ImageProcessor plane(final int width, final int height, final int bits,
		final ByteBuffer stored)
	{
		final ImageProcessor plane = bits == 8 ? new ByteProcessor(width, height)
			: bits == 16 ? new ShortProcessor(width, height) : new FloatProcessor(width, height);
		final double scale = number("BSCALE", 1);
		final double zero = number("BZERO", 0);
		for (int i = 0; i < width * height; i++) {
			switch (bits) {
				case 8 -> plane.set(i, stored.get(i) & 0xff);
				case 16 -> plane.set(i, stored.getShort(2 * i) + SIGNED);
				case 32 -> plane.setf(i, (float) (stored.getInt(4 * i) * scale + zero));
				case -32 -> plane.setf(i, (float) (stored.getFloat(4 * i) * scale + zero));
				default -> plane.setf(i, (float) (stored.getDouble(8 * i) * scale + zero));
			}
		}
		if (bits != 8) plane.resetMinAndMax();
		plane.flipVertical();
		return plane;
	}

	private double number(final String key, final double otherwise) {
		final String text = header.get(key);
		if (text == null || text.length() > 30) return otherwise;
		try {
			return Double.parseDouble(text.replace('D', 'E'));
		}
		catch (final NumberFormatException e) {
			throw file.damaged();
		}
	}
}
