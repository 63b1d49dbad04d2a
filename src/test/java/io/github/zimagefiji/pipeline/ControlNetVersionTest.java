
package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.model.transformer.ControlNetConfig;
import io.github.zimagefiji.model.transformer.ControlNetConfig.Refinement;
import io.github.zimagefiji.model.transformer.ControlNetFile;
import io.github.zimagefiji.model.transformer.TransformerConfig;

/**
 * Which version a single file of ControlNet weights is of: 2.1 refines its picture with its own
 * refiner blocks, 2.0 with its control layers, and keeps refiner blocks that were never trained, or
 * none.
 */
class ControlNetVersionTest {

	/** Weights of the shapes of versions 2.0 and 2.1. */
	private static final String REFINER = "control_noise_refiner.";
	private static final String PROJECTION = REFINER + "0.before_proj.weight";
	private static final String EMBEDDER = "control_all_x_embedder.2-1.weight";
	private static final int WIDTH = 64;

	/** In which numbers the matrices are stored. */
	enum Numbers {

			F32(4), F16(2), BF16(2), F8_E4M3(1), F8_E5M2(1), SCALED_FP8(1);

		private final int bytes;

		Numbers(final int bytes) {
			this.bytes = bytes;
		}

		private String dtype() {
			return this == SCALED_FP8 ? "F8_E4M3" : name();
		}

		/** A matrix that repeats a code, whose last byte is given. */
		ComfyFiles.Stored matrix(final List<Long> shape, final int last) {
			final long count = shape.stream().reduce(1L, (a, b) -> a * b);
			final byte[] codes = new byte[(int) count * bytes];
			for (int i = bytes - 1; i < codes.length; i += bytes) {
				codes[i] = (byte) last;
			}
			return new ComfyFiles.Stored(dtype(), shape, codes);
		}
	}

	@TempDir
	Path folder;

	/** A network for a transformer of some layers, of which some have a block. */
	private Path write(final Numbers numbers, final int channels, final int blocks,
		final Map<String, ComfyFiles.Stored> changes)
	{
		final ComfyFiles file = ComfyFiles.empty();
		ComfyFiles.folder("controlnet_v20").tensors().forEach((name, tensor) -> {
			if (!name.startsWith("control_layers.")) put(file, numbers, name, tensor);
			else if (name.startsWith("control_layers.0."))
				IntStream.range(0, blocks).filter(i -> i == 0 || !name.contains("before_proj"))
					.forEach(i -> put(file, numbers, name.replace("layers.0.", "layers." + i + "."), tensor));
		});
		put(file, numbers, EMBEDDER, numbers.matrix(List.of((long) WIDTH, 4L * channels), 1));
		changes.forEach((name, tensor) -> {
			if (tensor == null) file.remove(name);
			else file.put(name, tensor);
		});
		return file.write(folder.resolve("control.safetensors"));
	}

	private static void put(final ComfyFiles file, final Numbers numbers, final String name,
		final ComfyFiles.Stored tensor)
	{
		if (tensor.shape().size() != 2) {
			file.put(name, tensor);
			return;
		}
		file.put(name, numbers.matrix(tensor.shape(), 1));
		if (numbers == Numbers.SCALED_FP8)
			file.put(name.replaceFirst("weight$", "weight_scale"), ComfyFiles.number(0.5f));
	}

	private static Map<String, ComfyFiles.Stored> changed(final String name,
		final ComfyFiles.Stored tensor)
	{
		final Map<String, ComfyFiles.Stored> changes = new LinkedHashMap<>();
		changes.put(name, tensor);
		return changes;
	}

	private ControlNetConfig open(final Path file, final int layers) throws IOException {
		final Path config = folder.resolve("transformer.json");
		Files.writeString(config, Golden.text("model/transformer/config.json")
			.replace("\"n_layers\": 3", "\"n_layers\": " + layers));
		return ControlNetFile.open(file, TransformerConfig.read(config)).config();
	}

	private static List<Long> square() {
		return List.of((long) WIDTH, (long) WIDTH);
	}

	@ParameterizedTest
	@EnumSource
	void aProjectionThatIsNotZeroMakesItVersion21(final Numbers numbers) throws IOException {
		for (final int channels : new int[] { 16, 33 }) {
			assertEquals(new ControlNetConfig(List.of(0, 2), Refinement.OWN, List.of(0, 1), channels,
				WIDTH, 2, 2, 1e-5), open(write(numbers, channels, 2, Map.of()), 3));
		}
	}

	/** -0 is zero too. */
	@ParameterizedTest
	@EnumSource
	void aProjectionOfZerosMakesItVersion20(final Numbers numbers) throws IOException {
		for (final int channels : new int[] { 16, 33 }) {
			for (final int code : new int[] { 0, 0x80 }) {
				assertEquals(
					new ControlNetConfig(List.of(0, 2), Refinement.SHARED, List.of(0, 1), channels, WIDTH, 2,
						2, 1e-5),
					open(write(numbers, channels, 2, changed(PROJECTION, numbers.matrix(square(), code))),
						3));
			}
		}
	}

	/** One number that is not zero, the very last and the very smallest. */
	@ParameterizedTest
	@EnumSource
	void oneSmallestNumberAtTheEndMakesItVersion21(final Numbers numbers) throws IOException {
		final ComfyFiles.Stored projection = numbers.matrix(square(), 0x80);
		final byte[] codes = projection.bytes();
		codes[codes.length - numbers.bytes] |= 1;
		assertEquals(Refinement.OWN,
			open(write(numbers, 33, 2, changed(PROJECTION, projection)), 3).refinement());
	}

	@ParameterizedTest
	@CsvSource({ "16, false", "33, false", "16, true", "33, true" })
	void aMissingProjectionMakesItVersion20(final int channels, final boolean withoutBlocks)
		throws IOException
	{
		final Map<String, ComfyFiles.Stored> changes = changed(PROJECTION, null);
		changes.put(REFINER + "0.before_proj.bias", null);
		if (withoutBlocks) ComfyFiles.folder("controlnet_v20").tensors().keySet().stream()
			.filter(n -> n.startsWith(REFINER)).forEach(n -> changes.put(n, null));
		assertEquals(Refinement.SHARED, open(write(Numbers.F32, channels, 2, changes), 3).refinement());
	}

	/** Of 30 layers as the published ones: every second, every tenth. */
	@ParameterizedTest
	@CsvSource({ "15, 2", "3, 10" })
	void blocksAreSpacedEvenly(final int blocks, final int step) throws IOException {
		for (final boolean zero : new boolean[] { false, true }) {
			final ControlNetConfig config = open(write(Numbers.BF16, 33, blocks,
				zero ? changed(PROJECTION, Numbers.BF16.matrix(square(), 0)) : Map.of()), 30);
			assertEquals(IntStream.range(0, blocks).map(i -> i * step).boxed().toList(), config.places());
			assertEquals(zero ? Refinement.SHARED : Refinement.OWN, config.refinement());
		}
	}

	@Test
	void blocksThatProjectNothingAreVersion10UnlessTheyAreMany() throws IOException {
		final Map<String, ComfyFiles.Stored> changes = new LinkedHashMap<>();
		ComfyFiles.folder("controlnet_v20").tensors().keySet().stream()
			.filter(n -> n.startsWith(REFINER) && n.contains("_proj."))
			.forEach(n -> changes.put(n, null));
		assertEquals(new ControlNetConfig(List.of(0, 5, 10, 15, 20, 25), Refinement.PLAIN, List.of(),
			16, WIDTH, 2, 2, 1e-5), open(write(Numbers.BF16, 16, 6, changes), 30));
		assertEquals(Refinement.SHARED, open(write(Numbers.BF16, 16, 15, changes), 30).refinement());
		assertEquals(Refinement.SHARED, open(write(Numbers.BF16, 33, 3, changes), 30).refinement());
	}

	/** ComfyUI saves query, key and value as one, under other names. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void namesOfComfyUIAreRead(final boolean zero) throws IOException {
		final Path plain = write(Numbers.BF16, 33, 2,
			zero ? changed(PROJECTION, Numbers.BF16.matrix(square(), 0)) : Map.of());
		// The embedder keeps its name there, other than the transformer's.
		final Path fused = ComfyFiles.fused(ComfyFiles.of(plain))
			.renamed(name -> name.replace("control_x_embedder", "control_all_x_embedder.2-1"))
			.write(folder.resolve("comfy.safetensors"));
		assertEquals(open(plain, 3), open(fused, 3));
		final TransformerConfig transformer =
			TransformerConfig.read(folder.resolve("transformer.json"));
		final var expected = ControlNetFile.open(plain, transformer).weights();
		final var actual = ControlNetFile.open(fused, transformer).weights();
		assertEquals(expected.entries().keySet(), actual.entries().keySet());
		expected.entries().forEach(
			(name, entry) -> assertEquals(expected.read(entry), actual.read(actual.entry(name)), name));
	}

	/** A sign of the version may lie in any of several files. */
	@Test
	void theVersionIsReadFromShards() throws IOException {
		for (final boolean zero : new boolean[] { false, true }) {
			final Path whole = write(Numbers.BF16, 33, 2,
				zero ? changed(PROJECTION, Numbers.BF16.matrix(square(), 0)) : Map.of());
			final ComfyFiles[] shards = { ComfyFiles.empty(), ComfyFiles.empty() };
			final StringBuilder map = new StringBuilder();
			ComfyFiles.of(whole).tensors().forEach((name, tensor) -> {
				final int shard = name.contains("before_proj") ? 1 : 0;
				shards[shard].put(name, tensor);
				map.append(map.isEmpty() ? "" : ",").append('"').append(name).append("\": \"c-")
					.append(shard).append(".safetensors\"");
			});
			shards[0].write(folder.resolve("c-0.safetensors"));
			shards[1].write(folder.resolve("c-1.safetensors"));
			final Path index = folder.resolve("c.safetensors.index.json");
			Files.writeString(index, "{\"weight_map\": {" + map + "}}");
			assertEquals(zero ? Refinement.SHARED : Refinement.OWN, open(index, 3).refinement());
		}
	}
}
