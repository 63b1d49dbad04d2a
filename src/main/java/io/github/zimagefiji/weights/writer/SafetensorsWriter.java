
package io.github.zimagefiji.weights.writer;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.weights.StoredType;

/** Writes safetensors files of 32-bit numbers. */
public final class SafetensorsWriter {

	private static final String METADATA = HeaderWriter.METADATA;
	private static final int CHUNK_FLOATS = 1 << 14;

	private SafetensorsWriter() {
		// only write()
	}

	/**
	 * Writes a file in full or not at all; an older one of that name is replaced.
	 *
	 * @param file the file; its folder must exist
	 * @param tensors by name, written in the map's order
	 * @param metadata free text values; may be empty
	 * @throws InvalidInputException if the file could not be written
	 */
	public static void write(final Path file, final Map<String, FloatTensor> tensors,
		final Map<String, String> metadata)
	{
		if (tensors.containsKey(METADATA)) throw new InvalidInputException("A tensor cannot be named " +
			METADATA + "; the safetensors format keeps that name for itself. Choose another one.");
		AtomicFile.write(file, out -> {
			final HeaderWriter header = new HeaderWriter(metadata);
			tensors.forEach((name, tensor) -> header.add(name, StoredType.F32, tensor.shape(),
				(long) Float.BYTES * tensor.values().length));
			out.write(header.bytes());
			for (final FloatTensor tensor : tensors.values()) {
				writeValues(out, tensor.values());
			}
		});
	}

	private static void writeValues(final OutputStream out, final float[] values) throws IOException {
		final ByteBuffer chunk = littleEndian(Float.BYTES * Math.min(CHUNK_FLOATS, values.length));
		for (int start = 0; start < values.length; start += CHUNK_FLOATS) {
			final int count = Math.min(CHUNK_FLOATS, values.length - start);
			chunk.asFloatBuffer().put(values, start, count);
			out.write(chunk.array(), 0, Float.BYTES * count);
		}
	}

	private static ByteBuffer littleEndian(final int bytes) {
		return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
	}
}
