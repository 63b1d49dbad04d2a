
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.weights.lora.Adapter;
import io.github.zimagefiji.weights.lora.LoraFile;
import io.github.zimagefiji.weights.lora.PlacedLora;

/** Every step of the reference's loop with a LoRA. */
@Tag("engine")
class LoraLoopTest extends EngineFixture {

	private final ModelFolder model = ModelFolder.open(Golden.model());

	@ParameterizedTest
	@ValueSource(strings = { "lora_scale0.7", "lora_scale1.0" })
	void everyStepAgrees(final String name) {
		final Golden golden = Golden.of(name);
		final LoraFile lora = LoraFile.open(Golden.path("lora/peft.safetensors"));
		final Adapter adapter = new Adapter(PlacedLora.of(lora, model.transformerWeights()),
			golden.config().get("scale").getAsDouble());
		try (Transformer transformer = Transformer.load(model.transformer(), model.transformerWeights(),
			List.of(adapter), engine, TensorType.FLOAT32, () -> {}))
		{
			final long[] shape = golden.shape("latents.init");
			final float[] latents = new TorchRandom(golden.config().get("seed").getAsLong())
				.normal(golden.floats("latents.init").length);
			final Tensor caption =
				transformer.refineCaption(scope, golden.tensor(scope, "prompt_embeds.0"), () -> {});
			final int steps = golden.config().get("steps").getAsInt();
			final Schedule schedule =
				Schedule.ofSteps(model.scheduler(), steps, (int) (shape[2] * shape[3] / 4));
			final DenoisingLoop loop =
				new DenoisingLoop(Predictor.of(transformer, caption, null, null), new Guidance(0, 0, 1));
			loop
				.run(
					scope, Scheduler.of(Sampler.EULER, schedule), latents, shape, (step,
						predictions) -> Parity.assertClose(golden, "latents.step" + step, latents, Parity.LOOP),
					() -> {});
			assertFalse(golden.has("latents.step" + steps), "the reference makes more steps");
		}
	}
}
