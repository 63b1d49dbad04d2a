
package io.github.zimagefiji.image.source;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.process.ImageProcessor;

/** DICOM, FITS and PNM files. */
class ScannerPicturesTest {

	@TempDir
	Path folder;

	private ImagePlus open(final byte[] file) throws IOException {
		return ImageFile.read(write(file), PlaneChoice.SHOWN).image();
	}

	private Path write(final byte[] file) throws IOException {
		return Files.write(folder.resolve("any.file"), file);
	}

	private void refused(final String why, final byte[] file) throws IOException {
		final Path place = write(file);
		assertRefused(() -> ImageFile.read(place, PlaneChoice.SHOWN), why);
	}

	@Test
	void numbersOfDicomAreThoseThatAreStored() throws IOException {
		final ImagePlus signed = open(dicom("1.2.840.10008.1.2.1", 1, "1"));
		assertEquals(-3, signed.getCalibration().getCValue(signed.getProcessor().get(0)));
		assertEquals(5, signed.getCalibration().getCValue(signed.getProcessor().get(8)));
		final ImagePlus plain = open(dicom("1.2.840.10008.1.2.1", 0, "1"));
		assertEquals(65533, plain.getProcessor().get(0));
		refused("compressed DICOM", dicom("1.2.840.10008.1.2.4.50", 0, "1"));
		refused("has 2 frames", dicom("1.2.840.10008.1.2.1", 0, "2"));
		final byte[] file = dicom("1.2.840.10008.1.2.1", 0, "1");
		for (int length = 0; length < file.length - 32; length += 3)
			refused("", Arrays.copyOf(file, length));
	}

	/** Numbers from -3 on, 4 × 4 of them in a frame. */
	private static byte[] dicom(final String syntax, final int signed, final String frames) {
		final ByteBuffer file = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
		file.position(128).put("DICM".getBytes(StandardCharsets.US_ASCII));
		element(file, 2, 0x10, "UI", syntax + (syntax.length() % 2 == 0 ? "" : "\0"));
		// a sequence of unknown length, in which there are rows too
		file.putShort((short) 8).putShort((short) 0x1140).put("SQ".getBytes()).putShort((short) 0)
			.putInt(-1);
		file.putShort((short) 0xfffe).putShort((short) 0xe000).putInt(-1);
		element(file, 0x28, 0x10, "US", "\7\0");
		file.putShort((short) 0xfffe).putShort((short) 0xe00d).putInt(0);
		file.putShort((short) 0xfffe).putShort((short) 0xe0dd).putInt(0);
		element(file, 0x28, 8, "IS", frames + " ");
		element(file, 0x28, 0x10, "US", "\4\0");
		element(file, 0x28, 0x11, "US", "\4\0");
		element(file, 0x28, 0x100, "US", "\20\0");
		element(file, 0x28, 0x103, "US", (char) signed + "\0");
		final int count = 16 * Integer.parseInt(frames);
		file.putShort((short) 0x7fe0).putShort((short) 0x10).put("OW".getBytes()).putShort((short) 0)
			.putInt(2 * count);
		for (int i = 0; i < count; i++)
			file.putShort((short) (i - 3));
		return Arrays.copyOf(file.array(), file.position());
	}

	private static void element(final ByteBuffer file, final int group, final int number,
		final String kind, final String value)
	{
		final byte[] data = value.getBytes(StandardCharsets.ISO_8859_1);
		file.putShort((short) group).putShort((short) number).put(kind.getBytes())
			.putShort((short) data.length).put(data);
	}

	static byte[] fits(final String... cards) {
		final StringBuilder text =
			new StringBuilder("%-80s".formatted("SIMPLE  =                    T"));
		for (final String card : cards)
			text.append("%-80s".formatted(card + " / a comment"));
		text.append("%-80s".formatted("END"));
		return Arrays.copyOf(text.toString().getBytes(), 2880 + 64);
	}

	@Test
	void numbersOfFitsAreScaledAndChosen() throws IOException {
		final byte[] file =
			fits("BITPIX  = 16", "NAXIS   = 2", "NAXIS1  = 4", "NAXIS2  = 2", "BZERO   = 32768");
		ByteBuffer.wrap(file).putShort(2880, (short) -32768).putShort(2888, (short) 1000);
		final ImageProcessor plane = open(file).getProcessor();
		assertEquals(0, plane.get(0, 1), "the first row is the lowest");
		assertEquals(33768, plane.get(0, 0));
		final byte[] floats = fits("BITPIX  = -32", "NAXIS   = 2", "NAXIS1  = 4", "NAXIS2  = 2",
			"BSCALE  = 2.0", "BZERO   = 1.0");
		ByteBuffer.wrap(floats).putFloat(2880, 3);
		assertEquals(7, open(floats).getProcessor().getf(0, 1));
		refused("has 3 slices",
			fits("BITPIX  = 8", "NAXIS   = 3", "NAXIS1  = 4", "NAXIS2  = 2", "NAXIS3  = 3"));
		refused("no image in the first part", fits("BITPIX  = 8", "NAXIS   = 0"));
		refused("axes", fits("BITPIX  = 8", "NAXIS   = 4", "NAXIS1  = 2", "NAXIS2  = 2", "NAXIS3  = 1",
			"NAXIS4  = 2"));
	}

	@Test
	void portableMapsAreReadAsTextAndAsBytes() throws IOException {
		assertArrayEquals(new byte[] { 1, 2, 3, (byte) 250 },
			pixels("P2 # a comment\n2 2\n255\n1 2 3 250"));
		assertArrayEquals(new byte[] { 'a', 'b', 'c', 'd' }, pixels("P5\n2 2 255\nabcd"));
		assertArrayEquals(new byte[] { 0, -1, -1, 0 }, pixels("P1 2 2\n1001"));
		assertArrayEquals(new byte[] { 0, -1, -1, 0 }, pixels("P4 2 2\n\u0080@"));
		assertEquals(0x6162, open("P5 1 1 65535\nab".getBytes()).getProcessor().get(0));
		assertEquals(0x616263, open("P6 1 1 255\nabc".getBytes()).getProcessor().get(0) & 0xffffff);
		assertEquals(0xff0000, open("P3 1 1 4 4 0 0".getBytes()).getProcessor().get(0) & 0xffffff);
		refused("damaged", "P2 2 2 255 1 2 3".getBytes());
		refused("damaged", "P4 2 2".getBytes());
		refused("damaged", "P2 2 2 9 1 2 3 40".getBytes());
		refused("damaged", "P5 2 2 99999 abcdefgh".getBytes());
	}

	private byte[] pixels(final String file) throws IOException {
		return (byte[]) open(file.getBytes(StandardCharsets.ISO_8859_1)).getProcessor().getPixels();
	}
}
