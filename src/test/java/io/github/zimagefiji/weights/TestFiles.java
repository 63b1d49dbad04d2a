
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.zimagefiji.golden.Golden;

/** Files made byte by byte, and the tiny reference model. */
public final class TestFiles {

	/** A header of two float32 tensors that needs 24 bytes of data. */
	static final String TWO_TENSORS =
		"{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}," +
			"\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[16,24]}}";

	private TestFiles() {}

	/** A component folder of the tiny reference model. */
	public static Path golden(final String component) {
		return Golden.model().resolve(component);
	}

	/** The bytes of a safetensors file; the data are the numbers 0, 1, 2, … */
	static byte[] safetensors(final String header, final int dataBytes) {
		return safetensors(header.getBytes(StandardCharsets.UTF_8), dataBytes);
	}

	static byte[] safetensors(final byte[] header, final int dataBytes) {
		final ByteBuffer bytes =
			ByteBuffer.allocate(8 + header.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
		bytes.putLong(header.length).put(header);
		for (int i = 0; i < dataBytes; i++) {
			bytes.put((byte) i);
		}
		return bytes.array();
	}

	/** A header entry of a float32 vector. */
	static String vector(final String name, final int length, final int start) {
		return "\"" + name + "\":{\"dtype\":\"F32\",\"shape\":[" + length + "],\"data_offsets\":[" +
			start + "," + (start + 4 * length) + "]}";
	}

	/** Writes a file, and its folders where they are missing. */
	public static Path write(final Path file, final byte[] bytes) {
		try {
			Files.createDirectories(file.getParent());
			return Files.write(file, bytes);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public static Path write(final Path file, final String text) {
		return write(file, text.getBytes(StandardCharsets.UTF_8));
	}
}
