
package io.github.zimagefiji.model.text;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.writer.FloatTensor;
import io.github.zimagefiji.weights.writer.SafetensorsWriter;

/**
 * Configs that follow from tensors: those of the tiny model, and the measures that the published
 * models have.
 */
class InferredConfigTest {

	@TempDir
	Path folder;
	private final Map<String, FloatTensor> tensors = new LinkedHashMap<>();

	private void add(final String name, final int... shape) {
		int count = 1;
		final long[] extents = new long[shape.length];
		for (int i = 0; i < shape.length; i++) {
			count *= shape[i];
			extents[i] = shape[i];
		}
		tensors.put(name, new FloatTensor(extents, new float[count]));
	}

	private Checkpoint file() {
		final Path file = folder.resolve("x.safetensors");
		SafetensorsWriter.write(file, tensors, Map.of());
		return Checkpoint.openFile(file);
	}

	@Test
	void theTinyModelsConfigsFollowFromItsTensors() {
		assertEquals(TransformerConfig.read(Golden.path("model/transformer/config.json")),
			TransformerConfig.infer(Checkpoint.open(Golden.path("model/transformer"))));
		assertEquals(TextEncoderConfig.read(Golden.path("model/text_encoder/config.json")),
			TextEncoderConfig
				.infer(TextEncoder.names(Checkpoint.open(Golden.path("model/text_encoder")))));
	}

	@Test
	void anOmniTransformerIsRecognised() {
		assertEquals(TransformerConfig.read(Golden.path("model_omni/transformer/config.json")),
			TransformerConfig.infer(Checkpoint.open(Golden.path("model_omni/transformer"))));
	}

	@Test
	void thePublishedTransformersMeasuresGiveItsConfig() {
		add("all_x_embedder.2-1.weight", 3840, 64);
		add("cap_embedder.0.weight", 2560);
		for (int i = 0; i < 30; i++) {
			add("layers." + i + ".attention.norm_q.weight", 128);
		}
		add("noise_refiner.0.attention.norm_q.weight", 128);
		add("noise_refiner.1.attention.norm_q.weight", 128);
		assertEquals(new TransformerConfig(16, 3840, 30, 2, 30, 2560, 2, 1e-5, 256, 1000,
			List.of(32, 48, 48), List.of(1536, 512, 512), 0), TransformerConfig.infer(file()));
	}

	@Test
	void aQwen3Of4BillionsMustHaveAllItsLayers() {
		add("embed_tokens.weight", 10, 2560);
		add("layers.0.self_attn.q_norm.weight", 128);
		add("layers.0.self_attn.q_proj.weight", 4096, 1);
		add("layers.0.self_attn.k_proj.weight", 1024, 1);
		add("layers.0.mlp.gate_proj.weight", 9728, 1);
		for (int i = 1; i < 35; i++) {
			add("layers." + i + ".input_layernorm.weight", 1);
		}
		assertRefused(() -> TextEncoderConfig.infer(file()), "has 35 layers, but a Qwen3-4B has 36");
		add("layers.35.input_layernorm.weight", 1);
		assertEquals(new TextEncoderConfig(2560, 36, 32, 8, 128, 9728, 10, 1e-6, 1e6),
			TextEncoderConfig.infer(file()));
	}

	@Test
	void fluxsAutoencodersMeasuresGiveItsConfig() {
		add("decoder.conv_in.weight", 512, 16, 1, 1);
		final int[] channels = { 128, 256, 512, 512 };
		for (int i = 0; i < 4; i++) {
			add("encoder.down_blocks." + i + ".resnets.0.conv1.weight", channels[i], 1, 1, 1);
			add("encoder.down_blocks." + i + ".resnets.1.conv1.weight", channels[i], 1, 1, 1);
		}
		assertEquals(
			new AutoencoderConfig(3, 16, List.of(128, 256, 512, 512), 2, 32, 1024, 0.3611, 0.1159),
			AutoencoderConfig.infer(file()));
	}

	@Test
	void tensorsOfOtherShapesTellNothing() {
		add("all_x_embedder.2-1.weight", 64);
		assertRefused(() -> TransformerConfig.infer(file()),
			"all_x_embedder.2-1.weight has the shape [64]");
	}
}
