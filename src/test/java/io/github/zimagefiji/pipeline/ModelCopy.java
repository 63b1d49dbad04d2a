
package io.github.zimagefiji.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.golden.Golden;

/** A copy of the tiny reference model, to be damaged. */
public final class ModelCopy {

	public static final String TEXT_ENCODER = "text_encoder/model.safetensors";
	public static final String TRANSFORMER =
		"transformer/diffusion_pytorch_model-00001-of-00002.safetensors";
	public static final String TRANSFORMER_INDEX =
		"transformer/diffusion_pytorch_model.safetensors.index.json";
	public static final String VAE = "vae/diffusion_pytorch_model.safetensors";

	private final Path folder;

	private ModelCopy(final Path folder) {
		this.folder = folder;
	}

	/** Copies the model into a new folder. */
	public static ModelCopy to(final Path folder) {
		copy(Golden.model(), folder);
		return new ModelCopy(folder);
	}

	/**
	 * Copies the Omni model, which shares all but transformer and image encoder with the other, into
	 * a new folder.
	 */
	public static ModelCopy omniTo(final Path folder) {
		final ModelCopy copy = to(folder).remove("transformer").remove("model_index.json");
		copy(Golden.path("model_omni"), folder);
		return copy;
	}

	private static void copy(final Path source, final Path folder) {
		try (Stream<Path> files = Files.walk(source)) {
			for (final Path file : files.toList()) {
				final Path target = folder.resolve(source.relativize(file).toString());
				if (!Files.isDirectory(target)) Files.copy(file, target);
			}
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public Path folder() {
		return folder;
	}

	public Path file(final String relative) {
		return folder.resolve(relative);
	}

	/** Writes a file anew. */
	public ModelCopy write(final String relative, final String text) {
		return write(relative, text.getBytes(StandardCharsets.UTF_8));
	}

	public ModelCopy write(final String relative, final byte[] bytes) {
		try {
			// A new file instead of new content: what is mapped elsewhere stays
			// whole.
			Files.deleteIfExists(file(relative));
			Files.write(file(relative), bytes);
			return this;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public byte[] read(final String relative) {
		try {
			return Files.readAllBytes(file(relative));
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Removes a file or a folder. */
	public ModelCopy remove(final String relative) {
		try (Stream<Path> files = Files.walk(file(relative))) {
			for (final Path each : files.sorted((a, b) -> b.compareTo(a)).toList()) {
				Files.delete(each);
			}
			return this;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Makes a file shorter in place. */
	public ModelCopy shorten(final String relative) {
		try (var channel = Files.newByteChannel(file(relative), StandardOpenOption.WRITE)) {
			channel.truncate(channel.size() / 2);
			return this;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Sets one value of a JSON file; null removes it. */
	public ModelCopy set(final String relative, final String key, final String json) {
		final JsonObject config =
			JsonParser.parseString(new String(read(relative), StandardCharsets.UTF_8)).getAsJsonObject();
		config.remove(key);
		if (json != null) config.add(key, JsonParser.parseString(json));
		return write(relative, config.toString());
	}

	/** A tensor as a file holds it. */
	public record Stored(String dtype, List<Long> shape, byte[] bytes) {

		public Stored as(final String otherType) {
			return new Stored(otherType, shape, bytes);
		}

		public Stored shaped(final Long... otherShape) {
			return new Stored(dtype, List.of(otherShape), bytes);
		}

		/** The first rows only. */
		public Stored rows(final int count) {
			final long length = bytes.length / shape.get(0) * count;
			return new Stored(dtype,
				Stream.concat(Stream.of((long) count), shape.stream().skip(1)).toList(),
				Arrays.copyOf(bytes, (int) length));
		}

		/** Every byte 0xFF, which is NaN in F32, F16 and BF16. */
		public Stored notANumber() {
			final byte[] all = new byte[bytes.length];
			Arrays.fill(all, (byte) 0xFF);
			return new Stored(dtype, shape, all);
		}
	}

	/**
	 * Writes a safetensors file anew with one tensor changed, or without it if it becomes null.
	 */
	public ModelCopy tensor(final String relative, final String name,
		final UnaryOperator<Stored> change)
	{
		return edit(relative, name, name, change);
	}

	/** Writes a safetensors file anew with one tensor under another name. */
	public ModelCopy renameTensor(final String relative, final String name, final String other) {
		return edit(relative, name, other, t -> t);
	}

	private ModelCopy edit(final String relative, final String name, final String newName,
		final UnaryOperator<Stored> change)
	{
		final ByteBuffer file = ByteBuffer.wrap(read(relative)).order(ByteOrder.LITTLE_ENDIAN);
		final byte[] text = new byte[(int) file.getLong()];
		file.get(text);
		final JsonObject header =
			JsonParser.parseString(new String(text, StandardCharsets.UTF_8)).getAsJsonObject();
		final JsonObject result = new JsonObject();
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		boolean found = false;
		for (final String key : header.keySet()) {
			if ("__metadata__".equals(key)) continue;
			Stored stored = stored(header.getAsJsonObject(key), file.slice());
			if (key.equals(name)) stored = change.apply(stored);
			found |= key.equals(name);
			if (stored != null) result.add(key.equals(name) ? newName : key, put(stored, data));
		}
		if (!found) throw new IllegalArgumentException(name);
		final byte[] newText = result.toString().getBytes(StandardCharsets.UTF_8);
		final ByteBuffer all =
			ByteBuffer.allocate(8 + newText.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
		return write(relative,
			all.putLong(newText.length).put(newText).put(data.toByteArray()).array());
	}

	private static Stored stored(final JsonObject entry, final ByteBuffer data) {
		final JsonArray offsets = entry.getAsJsonArray("data_offsets");
		final byte[] bytes = new byte[offsets.get(1).getAsInt() - offsets.get(0).getAsInt()];
		data.position(offsets.get(0).getAsInt()).get(bytes);
		return new Stored(entry.get("dtype").getAsString(),
			entry.getAsJsonArray("shape").asList().stream().map(e -> e.getAsLong()).toList(), bytes);
	}

	private static JsonObject put(final Stored stored, final ByteArrayOutputStream data) {
		final JsonArray shape = new JsonArray();
		stored.shape().forEach(shape::add);
		final JsonArray offsets = new JsonArray();
		offsets.add(data.size());
		data.writeBytes(stored.bytes());
		offsets.add(data.size());
		final JsonObject entry = new JsonObject();
		entry.addProperty("dtype", stored.dtype());
		entry.add("shape", shape);
		entry.add("data_offsets", offsets);
		return entry;
	}
}
