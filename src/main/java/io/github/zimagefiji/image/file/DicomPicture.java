
package io.github.zimagefiji.image.file;

import java.io.IOException;
import java.nio.ByteBuffer;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.JavaPicture;
import io.github.zimagefiji.image.file.common.Planes;
import io.github.zimagefiji.image.file.common.Scaling;
import io.github.zimagefiji.image.file.common.StoredImage;

/** DICOM files whose pixels are not compressed (DICOM PS3.3 and PS3.5). */
final class DicomPicture {

	private static final int SIGNED = 32768;
	private static final int COLOURS = 3;

	private final FileBytes file;
	private final DicomHeader header;

	private DicomPicture(final FileBytes file) throws IOException {
		this.file = file;
		header = DicomHeader.read(file);
	}

	/**
	 * Reads one frame.
	 *
	 * @param frame from 1; 0 for the only one that there is
	 * @throws InvalidInputException if the file is cut off, damaged, or holds what is not read
	 */
	static StoredImage open(final FileBytes file, final int frame) throws IOException {
		return new DicomPicture(file).read(frame);
	}

	private StoredImage read(final int frame) throws IOException {
		final int height = (int) header.number(DicomHeader.ROWS, 0);
		final int width = (int) header.number(DicomHeader.COLUMNS, 0);
		final int bits = (int) header.number(DicomHeader.BITS, 0);
		final int samples = (int) header.number(DicomHeader.SAMPLES, 1);
		final String meaning = header.text(DicomHeader.PHOTOMETRIC);
		final boolean colour = meaning.equals("RGB") && samples == COLOURS && bits == 8;
		final boolean grey = (meaning.isEmpty() || meaning.startsWith("MONOCHROME")) && samples == 1 &&
			(bits == 8 || bits == 16);
		if (!colour && !grey) throw file.problem("holds DICOM pixels of " + samples + " samples of " +
			bits + " bits (" + meaning + "), which are not read");
		final double frames = header.decimal(DicomHeader.FRAMES, 1);
		final long plane = (long) width * height * samples * bits / 8;
		if (width < 1 || height < 1 || !(frames >= 1) || plane * frames > header.pixelBytes())
			throw file.damaged();
		final String name = file.file().getFileName().toString();
		final int t = Planes.only(name, "frame", frame, (int) frames);
		JavaMemory.check(3 * plane, file.file());
		final ByteBuffer stored = file.block(header.pixels() + (t - 1) * plane, plane);
		if (colour)
			return new StoredImage(JavaPicture.ofRgb(file, width, height, colours(stored)).image(), null);
		final boolean signed = header.number(DicomHeader.SIGNED, 0) == 1;
		if (signed && bits == 8)
			throw file.problem("holds signed DICOM pixels of 8 bits, which are not read");
		final ImagePlus image = new ImagePlus(name, plane(width, height, bits, signed, stored));
		if (meaning.equals("MONOCHROME1")) image.getProcessor().invertLut();
		Scaling.apply(image, header.decimal(DicomHeader.SLOPE, 1),
			header.decimal(DicomHeader.INTERCEPT, 0), signed);
		return new StoredImage(image, null);
	}

	private static ImageProcessor plane(final int width, final int height, final int bits,
		final boolean signed, final ByteBuffer stored)
	{
		final ImageProcessor plane =
			bits == 8 ? new ByteProcessor(width, height) : new ShortProcessor(width, height);
		for (int i = 0; i < width * height; i++)
			plane.set(i, bits == 8 ? stored.get(i) & 0xff
				: signed ? stored.getShort(2 * i) + SIGNED : stored.getShort(2 * i) & 0xffff);
		if (bits == 16) plane.resetMinAndMax();
		return plane;
	}

	private int[] colours(final ByteBuffer stored) throws IOException {
		final int count = stored.limit() / COLOURS;
		final boolean apart = header.number(DicomHeader.PLANAR, 0) == 1;
		final int[] colours = new int[count];
		for (int i = 0; i < count; i++)
			for (int c = 0; c < COLOURS; c++)
				colours[i] = colours[i] << 8 | stored.get(apart ? c * count + i : COLOURS * i + c) & 0xff;
		return colours;
	}
}
