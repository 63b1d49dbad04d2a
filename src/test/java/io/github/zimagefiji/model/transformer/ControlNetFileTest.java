
package io.github.zimagefiji.model.transformer;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/**
 * ControlNets as folders and as single files, and those that do not fit the tiny model. The
 * reference's folders are named for other versions than those that publish such weights:
 * {@code controlnet_v20} refines with its own blocks, as version 2.1 does, and
 * {@code controlnet_v21} with its control layers, as version 2.0 does.
 */
class ControlNetFileTest {

	private static final String WEIGHTS = "diffusion_pytorch_model.safetensors";

	private final TransformerConfig transformer =
		TransformerConfig.read(Golden.path("model/transformer/config.json"));

	@TempDir
	Path folder;

	@Test
	void aFoldersConfigIsRead() {
		assertEquals(new ControlNetConfig(List.of(0, 2), ControlNetConfig.Refinement.SHARED,
			List.of(0, 1), 33, 64, 2, 2, 1e-5),
			ControlNetFile.open(Golden.path("controlnet_v21"), transformer).config());
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void aSingleFileSaysTheSameByItsTensors(final String version) {
		final Map<String, FloatTensor> tensors = tensors(version);
		assertEquals(ControlNetFile.open(Golden.path("controlnet_" + version), transformer).config(),
			ControlNetFile.open(write("control.safetensors", tensors), transformer).config());
	}

	@Test
	void untrainedRefinerBlocksOfASingleFileAreNotRun() {
		final Map<String, FloatTensor> tensors = tensors("v21");
		tensors("v20").forEach(tensors::putIfAbsent);
		tensors.computeIfPresent("control_noise_refiner.0.before_proj.weight", (name, t) -> zero(t));
		final ControlNetConfig config =
			ControlNetFile.open(write("control.safetensors", tensors), transformer).config();
		assertEquals(ControlNetFile.open(Golden.path("controlnet_v21"), transformer).config(), config);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '\'', value = {
		"'\"dim\": 64', '\"dim\": 192', '[192, 192]', '[64, 64]'",
		"'\"n_heads\": 2', '\"n_heads\": 4', '4 heads', '2 heads'",
		"'\"control_in_dim\": 16', '\"control_in_dim\": 8', '8 channels', '16'",
		"'\"control_in_dim\": 16', '\"control_in_dim\": 33', '[64, 64]', '[64, 132]'",
		"'    0,\n    2', '    0,\n    7', '[0, 7]', 'the model has 3'",
		"'    0,\n    2', '    1,\n    2', 'control_layers_places', 'ascend from 0'",
		"'    0,\n    2', '    0,\n    0', 'control_layers_places', 'ascend from 0'",
		"'\"n_refiner_layers\": 2', '\"n_refiner_layers\": 1', 'control_noise_refiner.1', 'has no place'",
		"'\"add_control_noise_refiner\": null', '\"add_control_noise_refiner\": \"other\"', 'must be one of', 'control_layers'",
		"'\"qk_norm\": true', '\"qk_norm\": true, \"gated\": true', 'gated', 'is not known'" })
	void aConfigThatDoesNotFitIsRefusedWithWhatItSays(final String old, final String changed,
		final String first, final String second) throws IOException
	{
		final String config = Golden.text("controlnet_v1/config.json");
		assertTrue(config.contains(old), old);
		Files.writeString(folder.resolve("config.json"), config.replace(old, changed));
		write(WEIGHTS, tensors("v1"));
		assertRefused(() -> ControlNetFile.open(folder, transformer), first, second);
	}

	@Test
	void moreRefinerPlacesThanBlocksAreRefused() throws IOException {
		final String config = Golden.text("controlnet_v20/config.json");
		Files.writeString(folder.resolve("config.json"),
			config.replace("    0,\n    1\n", "    0,\n    1,\n    2\n"));
		write(WEIGHTS, tensors("v20"));
		assertRefused(() -> ControlNetFile.open(folder, transformer), "control_refiner_layers_places",
			"at most 2");
	}

	@Test
	void weightsOfAnotherShapeAreRefused() {
		final Map<String, FloatTensor> tensors = tensors("v1");
		tensors.put("control_layers.1.after_proj.weight",
			new FloatTensor(new long[] { 64, 32 }, new float[2048]));
		assertRefused(() -> ControlNetFile.open(write("control.safetensors", tensors), transformer),
			"control_layers.1.after_proj.weight", "[64, 32]", "[64, 64]");
	}

	@Test
	void aFileThatIsNoControlNetIsRefused() {
		assertRefused(() -> ControlNetFile.open(Golden.path("lora/peft.safetensors"), transformer),
			"is not a ControlNet", "control_all_x_embedder");
	}

	@Test
	void aMissingFileIsRefused() {
		assertRefused(() -> ControlNetFile.open(folder.resolve("none"), transformer),
			"There is no ControlNet", "none");
	}

	private Path write(final String name, final Map<String, FloatTensor> tensors) {
		SafetensorsWriter.write(folder.resolve(name), tensors, Map.of());
		return folder.resolve(name);
	}

	private static FloatTensor zero(final FloatTensor tensor) {
		return new FloatTensor(tensor.shape(), new float[tensor.values().length]);
	}

	/**
	 * Tensors of the names and shapes of the reference's file; all numbers are 1.
	 */
	private static Map<String, FloatTensor> tensors(final String version) {
		final Map<String, FloatTensor> tensors = new LinkedHashMap<>();
		Checkpoint.open(Golden.path("controlnet_" + version)).entries().forEach((name, entry) -> {
			final float[] ones = new float[(int) entry.elementCount()];
			Arrays.fill(ones, 1);
			tensors.put(name, new FloatTensor(entry.shape(), ones));
		});
		return tensors;
	}
}
