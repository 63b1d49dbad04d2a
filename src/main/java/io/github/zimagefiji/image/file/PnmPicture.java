
package io.github.zimagefiji.image.file;

import java.io.IOException;
import java.nio.ByteBuffer;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.ColourTable;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.JavaPicture;
import io.github.zimagefiji.image.file.common.StoredImage;

/** PBM, PGM and PPM files, as text and as bytes (P1 to P6). */
final class PnmPicture {

	private static final int BYTE = 255;
	private static final int SHORT = 65535;

	private final FileBytes file;
	private final ByteBuffer bytes;
	private final int kind;

	private PnmPicture(final FileBytes file) throws IOException {
		this.file = file;
		bytes = file.block(0, file.size());
		if (bytes.limit() < 3) throw file.damaged();
		kind = bytes.get(1) - '0';
		bytes.position(2);
	}

	/**
	 * Reads a file.
	 *
	 * @throws InvalidInputException if it is cut off or damaged
	 */
	static StoredImage open(final FileBytes file) throws IOException {
		return new PnmPicture(file).read();
	}

	private StoredImage read() {
		final boolean text = kind <= 3;
		final boolean bits = kind == 1 || kind == 4;
		final int samples = kind == 3 || kind == 6 ? 3 : 1;
		final int width = header();
		final int height = header();
		final int most = bits ? 1 : header();
		if (width < 1 || height < 1 || most < 1 || most > SHORT) throw file.damaged();
		if (!bytes.hasRemaining()) throw file.damaged();
		if (!text) bytes.get();
		final double size = (double) width * height * samples;
		final int packed = (width + 7) / 8;
		// a number written as text needs a digit, and all but bits a space too
		final double needed = text ? bits ? size : 2 * size - 1
			: bits ? (double) packed * height : size * (most > BYTE ? 2 : 1);
		if (needed > bytes.remaining()) throw file.damaged();
		if (size > JavaMemory.LARGEST_ARRAY) throw file.problem("is too large");
		JavaMemory.check((long) (4 * size), file.file());
		final ImageProcessor[] planes = new ImageProcessor[samples];
		for (int i = 0; i < samples; i++)
			planes[i] =
				most > BYTE ? new ShortProcessor(width, height) : new ByteProcessor(width, height);
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				for (final ImageProcessor plane : planes)
					plane.set(x, y, sample(text, bits, most, x, y, width));
		return new StoredImage(image(planes, most), null);
	}

	private int sample(final boolean text, final boolean bits, final int most, final int x,
		final int y, final int width)
	{
		final int value;
		if (bits && text) value = BYTE * (1 - bit());
		else if (bits)
			value = (bytes.get(bytes.position() + y * ((width + 7) / 8) + x / 8) >> 7 - x % 8 & 1) == 1
				? 0 : BYTE;
		else if (text) value = number();
		else value = most > BYTE ? bytes.getShort() & SHORT : bytes.get() & BYTE;
		if (!bits && value > most) throw file.damaged();
		return value;
	}

	private ImagePlus image(final ImageProcessor[] planes, final int most) {
		final String name = file.file().getFileName().toString();
		if (planes.length == 1) {
			if (most > 1 && most < BYTE) planes[0].setLut(ColourTable.upTo(most));
			if (most > BYTE) planes[0].resetMinAndMax();
			return new ImagePlus(name, planes[0]);
		}
		if (most > BYTE) {
			final ImageStack stack = new ImageStack(planes[0].getWidth(), planes[0].getHeight());
			for (final ImageProcessor plane : planes)
				stack.addSlice(plane);
			return JavaPicture.channels(new ImagePlus(name, stack));
		}
		final int[] colours = new int[planes[0].getPixelCount()];
		for (int i = 0; i < colours.length; i++)
			for (final ImageProcessor plane : planes)
				colours[i] = colours[i] << 8 | (plane.get(i) * BYTE + most / 2) / most;
		return JavaPicture.ofRgb(file, planes[0].getWidth(), planes[0].getHeight(), colours).image();
	}

	private int header() {
		skip();
		return number();
	}

	/** White space and comments. */
	private void skip() {
		while (bytes.hasRemaining()) {
			final byte next = bytes.get(bytes.position());
			if (next == '#') while (bytes.hasRemaining() && bytes.get() != '\n') {
				// up to the line's end
			}
			else if (next <= ' ') bytes.get();
			else return;
		}
	}

	private int number() {
		skip();
		int value = 0;
		int digits = 0;
		while (bytes.hasRemaining()) {
			final int digit = bytes.get(bytes.position()) - '0';
			if (digit < 0 || digit > 9) break;
			bytes.get();
			value = 10 * value + digit;
			if (++digits > 9) throw file.damaged();
		}
		if (digits == 0) throw file.damaged();
		return value;
	}

	/** Bits written as text need no space. */
	private int bit() {
		skip();
		if (!bytes.hasRemaining()) throw file.damaged();
		final int bit = bytes.get() - '0';
		if (bit != 0 && bit != 1) throw file.damaged();
		return bit;
	}
}
