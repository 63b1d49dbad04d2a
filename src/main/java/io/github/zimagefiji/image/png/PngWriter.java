
package io.github.zimagefiji.image.png;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import io.github.zimagefiji.image.source.Intensities;

/**
 * Writes the chunks of a PNG file with 8-bit colour, in the order in which its methods are called.
 */
final class PngWriter {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
	private static final byte BITS = 8;
	private static final byte COLOUR = 2;
	private static final int DATA_BYTES = 1 << 16;

	private final DataOutputStream out;

	PngWriter(final OutputStream out) {
		this.out = new DataOutputStream(out);
	}

	static byte[] signature() {
		return SIGNATURE.clone();
	}

	/** The signature and {@code IHDR}; to be called first. */
	void header(final int width, final int height) throws IOException {
		out.write(SIGNATURE);
		final ByteBuffer header =
			ByteBuffer.allocate(13).putInt(width).putInt(height).put(BITS).put(COLOUR);
		// compression, filter method and interlace are 0
		chunk("IHDR", header.array());
	}

	/**
	 * An {@code iTXt} chunk, or none if the text is empty. NUL ends a text in PNG, so it is left out.
	 */
	void text(final String keyword, final String text) throws IOException {
		if (text.isEmpty()) return;
		// after the keyword: its end, not compressed, method 0, no language, no
		// translated keyword
		final byte[] data =
			(keyword + "\0\0\0\0\0" + text.replace("\0", "")).getBytes(StandardCharsets.UTF_8);
		chunk("iTXt", data);
	}

	/** The {@code IDAT} chunks. */
	void pixels(final Intensities intensities, final int width, final int height) throws IOException {
		final Deflater deflater = new Deflater();
		try (OutputStream zlib =
			new DeflaterOutputStream(new BufferedOutputStream(new DataChunks(), DATA_BYTES), deflater))
		{
			final PngFilter filter = new PngFilter(3 * width);
			final byte[] row = new byte[3 * width];
			for (int y = 0; y < height; y++) {
				intensities.interleavedRow(y, row);
				zlib.write(filter.apply(row));
			}
		}
		finally {
			deflater.end();
		}
	}

	/** {@code IEND}; to be called last. */
	void end() throws IOException {
		chunk("IEND", new byte[0]);
	}

	private void chunk(final String type, final byte[] data) throws IOException {
		final byte[] name = type.getBytes(StandardCharsets.US_ASCII);
		final CRC32 crc = new CRC32();
		crc.update(name);
		crc.update(data);
		out.writeInt(data.length);
		out.write(name);
		out.write(data);
		out.writeInt((int) crc.getValue());
	}

	/** Makes one {@code IDAT} chunk of each block of bytes. */
	private final class DataChunks extends OutputStream {

		@Override
		public void write(final int value) throws IOException {
			chunk("IDAT", new byte[] { (byte) value });
		}

		@Override
		public void write(final byte[] bytes, final int offset, final int length) throws IOException {
			chunk("IDAT", Arrays.copyOfRange(bytes, offset, offset + length));
		}
	}
}
