
package io.github.zimagefiji.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A small DICOM file: explicit value representations, little-endian, 16-bit grey.
 *
 * @see <a href= "https://dicom.nema.org/medical/dicom/current/output/html/part10.html">PS3.10,
 *      chapter 7</a>
 */
final class DicomBytes {

	private static final int PREAMBLE = 128;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private DicomBytes() {
		// only image()
	}

	static byte[] image(final int width, final int height) {
		final DicomBytes file = new DicomBytes();
		file.out.writeBytes(new byte[PREAMBLE]);
		file.out.writeBytes("DICM".getBytes(StandardCharsets.US_ASCII));
		file.text(0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1\0");
		file.text(0x0008, 0x0060, "CS", "CT");
		file.number(0x0028, 0x0002, 1);
		file.text(0x0028, 0x0004, "CS", "MONOCHROME2 ");
		file.number(0x0028, 0x0010, height);
		file.number(0x0028, 0x0011, width);
		file.number(0x0028, 0x0100, 16);
		file.number(0x0028, 0x0101, 12);
		file.number(0x0028, 0x0103, 0);
		final ByteBuffer head =
			element(0x7FE0, 0x0010, "OW").putShort((short) 0).putInt(2 * width * height);
		file.out.write(head.array(), 0, head.position());
		file.out.writeBytes(new byte[2 * width * height]);
		return file.out.toByteArray();
	}

	private void text(final int group, final int element, final String kind, final String text) {
		final ByteBuffer head = element(group, element, kind).putShort((short) text.length());
		out.write(head.array(), 0, head.position());
		out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
	}

	private void number(final int group, final int element, final int number) {
		final ByteBuffer whole =
			element(group, element, "US").putShort((short) 2).putShort((short) number);
		out.write(whole.array(), 0, whole.position());
	}

	private static ByteBuffer element(final int group, final int element, final String kind) {
		return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putShort((short) group)
			.putShort((short) element).put(kind.getBytes(StandardCharsets.US_ASCII));
	}
}
