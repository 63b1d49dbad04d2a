package io.github.zimagefiji.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.AtomicFile;
import io.github.zimagefiji.InvalidInputException;

/** Writes safetensors files of 32-bit numbers. */
public final class SafetensorsWriter {

	private static final String METADATA = "__metadata__";
	private static final int ALIGNMENT = 8;
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
		if (tensors.containsKey(METADATA)) throw new InvalidInputException("A tensor cannot be named " + METADATA +
			"; the safetensors format keeps that name for itself. Choose another one.");
		AtomicFile.write(file, out -> {
			final byte[] header = header(tensors, metadata);
			out.write(littleEndian(Long.BYTES).putLong(header.length).array());
			out.write(header);
			for (final FloatTensor tensor : tensors.values()) {
				writeValues(out, tensor.values());
			}
		});
	}

	/** The header, with blanks at its end so that the numbers begin at a multiple of 8 bytes. */
	private static byte[] header(final Map<String, FloatTensor> tensors, final Map<String, String> metadata)
		throws IOException
	{
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
			json.beginObject();
			if (!metadata.isEmpty()) writeMetadata(json, metadata);
			long position = 0;
			for (final Map.Entry<String, FloatTensor> tensor : tensors.entrySet()) {
				final long end = position + (long) Float.BYTES * tensor.getValue().values().length;
				json.name(tensor.getKey()).beginObject();
				json.name("dtype").value(StoredType.F32.name());
				json.name("shape");
				writeLongs(json, tensor.getValue().shape());
				json.name("data_offsets");
				writeLongs(json, position, end);
				json.endObject();
				position = end;
			}
			json.endObject();
		}
		final byte[] text = bytes.toByteArray();
		final byte[] padded = Arrays.copyOf(text, (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
		Arrays.fill(padded, text.length, padded.length, (byte) ' ');
		return padded;
	}

	private static void writeMetadata(final JsonWriter json, final Map<String, String> metadata) throws IOException {
		json.name(METADATA).beginObject();
		for (final Map.Entry<String, String> value : metadata.entrySet()) {
			json.name(value.getKey()).value(value.getValue());
		}
		json.endObject();
	}

	private static void writeLongs(final JsonWriter json, final long... values) throws IOException {
		json.beginArray();
		for (final long value : values) {
			json.value(value);
		}
		json.endArray();
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
