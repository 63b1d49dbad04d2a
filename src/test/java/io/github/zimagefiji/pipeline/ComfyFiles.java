
package io.github.zimagefiji.pipeline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * The tiny reference model in the form of ComfyUI's files: query, key and value fused, the original
 * names.
 */
public final class ComfyFiles {

	/** A tensor as a file holds it. */
	public record Stored(String dtype, List<Long> shape, byte[] bytes) {

		public Stored shaped(final Long... other) {
			return new Stored(dtype, List.of(other), bytes);
		}
	}

	private static final int ALIGNMENT = 64;

	private final Map<String, Stored> tensors = new LinkedHashMap<>();

	private ComfyFiles() {}

	public static ComfyFiles empty() {
		return new ComfyFiles();
	}

	/** A component of the reference model as it is. */
	static ComfyFiles diffusers(final String component) {
		return folder("model/" + component);
	}

	/** The tensors of a folder of the reference, such as a ControlNet. */
	static ComfyFiles folder(final String name) {
		return of(Checkpoint.open(Golden.path(name)));
	}

	/** The tensors of a file. */
	static ComfyFiles of(final Path file) {
		return of(Checkpoint.openFile(file));
	}

	private static ComfyFiles of(final Checkpoint checkpoint) {
		final ComfyFiles files = new ComfyFiles();
		checkpoint.entries()
			.forEach((tensor, entry) -> files.tensors.put(tensor, stored(checkpoint, entry)));
		return files;
	}

	public static ComfyFiles transformer() {
		return fused(diffusers("transformer"));
	}

	/** A transformer, or a ControlNet, as ComfyUI names its tensors. */
	static ComfyFiles fused(final ComfyFiles plain) {
		final ComfyFiles files = new ComfyFiles();
		final Map<String, Stored> source = plain.tensors;
		source.forEach((name, tensor) -> {
			if (name.contains(".to_k.") || name.contains(".to_v.")) return;
			if (name.contains(".to_q.")) files.tensors.put(name.replace("to_q", "qkv"), joined(tensor,
				source.get(name.replace("to_q", "to_k")), source.get(name.replace("to_q", "to_v"))));
			else files.tensors.put(name.replace("all_x_embedder.2-1", "x_embedder")
				.replace("all_final_layer.2-1", "final_layer").replace(".to_out.0.", ".out.")
				.replace("norm_q", "q_norm").replace("norm_k", "k_norm"), tensor);
		});
		return files;
	}

	public static ComfyFiles autoencoder() {
		final ComfyFiles files = new ComfyFiles();
		diffusers("vae").tensors.forEach((name, tensor) -> {
			String other = name.replace("mid_block.resnets.0", "mid.block_1")
				.replace("mid_block.resnets.1", "mid.block_2").replace("conv_shortcut", "nin_shortcut")
				.replace("conv_norm_out", "norm_out")
				.replaceFirst("down_blocks\\.(\\d)\\.resnets", "down.$1.block")
				.replaceFirst("down_blocks\\.(\\d)\\.downsamplers\\.0", "down.$1.downsample");
			for (int i = 0; i < 4; i++) {
				other = other.replace("up_blocks." + i + ".resnets", "up." + (3 - i) + ".block")
					.replace("up_blocks." + i + ".upsamplers.0", "up." + (3 - i) + ".upsample");
			}
			final boolean matrix = name.contains(".to_") && name.endsWith("weight");
			files.tensors.put(
				other.replace("mid_block.attentions.0", "mid.attn_1").replace("group_norm", "norm")
					.replace("to_q", "q").replace("to_k", "k").replace("to_v", "v")
					.replace("to_out.0", "proj_out"),
				matrix ? tensor.shaped(tensor.shape().get(0), tensor.shape().get(1), 1L, 1L) : tensor);
		});
		return files;
	}

	public static ComfyFiles textEncoder() {
		return diffusers("text_encoder");
	}

	private static Stored stored(final Checkpoint checkpoint, final TensorEntry entry) {
		final byte[] bytes = new byte[(int) entry.byteCount()];
		checkpoint.read(entry).get(bytes);
		return new Stored(entry.type().name(), Arrays.stream(entry.shape()).boxed().toList(), bytes);
	}

	private static Stored joined(final Stored... parts) {
		final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Arrays.stream(parts).forEach(part -> bytes.writeBytes(part.bytes()));
		return new Stored(parts[0].dtype(),
			List.of(parts[0].shape().get(0) * parts.length, parts[0].shape().get(1)),
			bytes.toByteArray());
	}

	public Map<String, Stored> tensors() {
		return tensors;
	}

	public ComfyFiles put(final String name, final Stored tensor) {
		tensors.put(name, tensor);
		return this;
	}

	public ComfyFiles remove(final String name) {
		if (tensors.remove(name) == null) throw new IllegalArgumentException(name);
		return this;
	}

	/** All tensors under other names. */
	public ComfyFiles renamed(final UnaryOperator<String> name) {
		final ComfyFiles files = new ComfyFiles();
		tensors.forEach((old, tensor) -> files.tensors.put(name.apply(old), tensor));
		return files;
	}

	public ComfyFiles addAll(final ComfyFiles other) {
		tensors.putAll(other.tensors);
		return this;
	}

	/** One number. */
	public static Stored number(final float value) {
		return new Stored("F32", List.of(),
			ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
	}

	/** A text as bytes. */
	static Stored text(final String text) {
		final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new Stored("U8", List.of((long) bytes.length), bytes);
	}

	/** Writes a safetensors file. */
	public Path write(final Path file) {
		final JsonObject header = new JsonObject();
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		tensors.forEach((name, tensor) -> {
			final JsonArray shape = new JsonArray();
			tensor.shape().forEach(shape::add);
			final JsonArray offsets = new JsonArray();
			offsets.add(data.size());
			data.writeBytes(tensor.bytes());
			offsets.add(data.size());
			final JsonObject entry = new JsonObject();
			entry.addProperty("dtype", tensor.dtype());
			entry.add("shape", shape);
			entry.add("data_offsets", offsets);
			header.add(name, entry);
		});
		// As in memory of libtorch's own: matrix products depend on it in their
		// last bit.
		final byte[] shortest = header.toString().getBytes(StandardCharsets.UTF_8);
		final byte[] text =
			Arrays.copyOf(shortest, (shortest.length + 8 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - 8);
		Arrays.fill(text, shortest.length, text.length, (byte) ' ');
		final ByteBuffer all =
			ByteBuffer.allocate(8 + text.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
		try {
			Files.createDirectories(file.getParent());
			return Files.write(file, all.putLong(text.length).put(text).put(data.toByteArray()).array());
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
