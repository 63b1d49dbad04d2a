
package io.github.zimagefiji.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** PNG files made byte by byte, right or wrong. */
public final class PngBytes {

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	/** A file with a signature and a header of one pixel. */
	public PngBytes() {
		out.writeBytes(new byte[] { (byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10 });
		chunk("IHDR", new byte[] { 0, 0, 0, 1, 0, 0, 0, 1, 8, 2, 0, 0, 0 });
	}

	/** A proper chunk. */
	public PngBytes chunk(final String type, final byte[] data) {
		final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		final CRC32 crc = new CRC32();
		crc.update(name);
		crc.update(data);
		return chunk(data.length, name, data, (int) crc.getValue());
	}

	/** A chunk whose length and checksum are whatever they are. */
	public PngBytes chunk(final int length, final byte[] type, final byte[] data, final int crc) {
		out.writeBytes(
			ByteBuffer.allocate(12 + data.length).putInt(length).put(type).put(data).putInt(crc).array());
		return this;
	}

	/** An {@code iTXt} chunk with the keyword {@code zimage}, compressed. */
	public PngBytes compressed(final byte[] zlib) {
		return chunk("iTXt", join("zimage\0\1\0en\0\0".getBytes(StandardCharsets.US_ASCII), zlib));
	}

	public PngBytes end() {
		return chunk("IEND", new byte[0]);
	}

	public byte[] bytes() {
		return out.toByteArray();
	}

	public static byte[] join(final byte[] first, final byte[] second) {
		return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
	}

	public static byte[] deflate(final byte[] content) {
		final Deflater deflater = new Deflater();
		deflater.setInput(content);
		deflater.finish();
		final ByteArrayOutputStream zlib = new ByteArrayOutputStream();
		final byte[] buffer = new byte[1 << 13];
		while (!deflater.finished())
			zlib.write(buffer, 0, deflater.deflate(buffer));
		deflater.end();
		return zlib.toByteArray();
	}
}
