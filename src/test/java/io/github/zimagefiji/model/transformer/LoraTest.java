
package io.github.zimagefiji.model.transformer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.LoraFile;
import io.github.zimagefiji.weights.lora.PlacedLora;

/** One LoRA under every trainer's names, as the reference applies it. */
@Tag("engine")
class LoraTest extends EngineFixture {

	private final TransformerConfig config =
		TransformerConfig.read(Golden.path("model/transformer/config.json"));
	private final Checkpoint checkpoint = Checkpoint.open(Golden.path("model/transformer"));
	private final Golden golden = Golden.of("lora_scale1.0");

	@ParameterizedTest
	@ValueSource(strings = { "peft", "peft_nometa", "kohya", "comfy" })
	void aForwardPassGivesTheReferencesPrediction(final String file) {
		for (final double scale : new double[] { 1.0, 0.7 }) {
			final Golden expected = Golden.of("lora_scale" + scale);
			final String what = "forward.out by " + file;
			Parity.record(expected.name(), what, "of rms", Parity.distance(expected.floats("forward.out"),
				predict(TensorType.FLOAT32, adapter(file, scale))), Parity.FORWARD);
		}
	}

	@Test
	void severalLorasAddUp() {
		final float[] expected = golden.floats("forward.out");
		final float[] parts = predict(TensorType.FLOAT32, adapter("peft", 0.25), adapter("kohya", 1.25),
			adapter("comfy", -0.5));
		assertEquals(0, Parity.distance(expected, parts), Parity.FORWARD);
	}

	@Test
	void scaleZeroIsNoLoraToTheBit() {
		assertArrayEquals(predict(TensorType.FLOAT32), predict(TensorType.FLOAT32, adapter("peft", 0)));
	}

	@Test
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16() {
		final float[] exact = golden.floats("forward.out");
		final Golden rounded = Golden.of("lora_scale1.0_bf16");
		Parity.record(rounded.name(), "forward.out", "of rms",
			Parity.distance(exact, predict(TensorType.BFLOAT16, adapter("peft", 1))),
			Parity.distance(exact, rounded.floats("forward.out")));
	}

	private Adapter adapter(final String file, final double scale) {
		return new Adapter(
			PlacedLora.of(LoraFile.open(Golden.path("lora/" + file + ".safetensors")), checkpoint),
			scale);
	}

	private float[] predict(final TensorType type, final Adapter... adapters) {
		try (Transformer transformer =
			Transformer.load(config, checkpoint, List.of(adapters), engine, type, () -> {}))
		{
			final Tensor caption =
				transformer.refineCaption(scope, golden.tensor(scope, "forward.in.cap"), () -> {});
			final long[] shape = golden.shape("forward.in.x");
			final Tensor latents = golden.tensor(scope, "forward.in.x", 1, shape[0], shape[2], shape[3]);
			final Transformer.Sample sample =
				new Transformer.Sample(latents, caption, golden.floats("forward.in.t")[0]);
			return transformer.predict(scope, List.of(sample), () -> {}).get(0).toFloats();
		}
	}
}
