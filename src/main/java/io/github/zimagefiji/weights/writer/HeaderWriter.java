
package io.github.zimagefiji.weights.writer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.weights.StoredType;

/**
 * Makes the beginning of a safetensors file whose tensors follow without gaps in the order in which
 * they are added.
 */
public final class HeaderWriter {

	/** The name that no tensor can have. */
	static final String METADATA = "__metadata__";

	private static final int ALIGNMENT = 8;

	/** One tensor. */
	private record Added(StoredType type, long[] shape, long start, long end) {}

	private final Map<String, String> metadata;
	private final Map<String, Added> tensors = new LinkedHashMap<>();
	private long position;

	/** @param metadata free text values; may be empty */
	public HeaderWriter(final Map<String, String> metadata) {
		this.metadata = metadata;
	}

	/** Adds a tensor that lies behind those that were added before. */
	public void add(final String name, final StoredType type, final long[] shape, final long bytes) {
		tensors.put(name, new Added(type, shape, position, position + bytes));
		position += bytes;
	}

	/** Bytes of all tensors together. */
	long dataBytes() {
		return position;
	}

	/**
	 * The length and the header, with blanks at its end so that the numbers begin at a multiple of 8
	 * bytes.
	 */
	public byte[] bytes() {
		final byte[] text = text();
		final int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
		final ByteBuffer all = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
		all.putLong(padded).put(text);
		while (all.hasRemaining()) {
			all.put((byte) ' ');
		}
		return all.array();
	}

	private byte[] text() {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
			json.beginObject();
			if (!metadata.isEmpty()) writeMetadata(json);
			for (final Map.Entry<String, Added> tensor : tensors.entrySet()) {
				json.name(tensor.getKey()).beginObject();
				json.name("dtype").value(tensor.getValue().type().name());
				json.name("shape");
				writeLongs(json, tensor.getValue().shape());
				json.name("data_offsets");
				writeLongs(json, tensor.getValue().start(), tensor.getValue().end());
				json.endObject();
			}
			json.endObject();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return bytes.toByteArray();
	}

	private void writeMetadata(final JsonWriter json) throws IOException {
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
}
