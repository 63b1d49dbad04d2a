
package io.github.zimagefiji.model.transformer;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

@Tag("engine")
class TransformerTest extends EngineFixture {

	private final TransformerConfig config =
		TransformerConfig.read(Golden.path("model/transformer/config.json"));
	private final Checkpoint checkpoint = Checkpoint.open(Golden.path("model/transformer"));
	private final Golden golden = Golden.of("transformer");

	@ParameterizedTest
	@ValueSource(strings = { "b1", "nopad", "b2" })
	void aForwardPassGivesTheReferencesPrediction(final String run) {
		try (Transformer transformer =
			Transformer.load(config, checkpoint, List.of(), engine, TensorType.FLOAT32, () -> {}))
		{
			final List<Tensor> out = predict(transformer, run);
			for (int i = 0; i < out.size(); i++) {
				Parity.assertClose(golden, run + ".out." + i, out.get(i).toFloats(), Parity.FORWARD);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "b1", "nopad", "b2" })
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16(final String run) {
		final Golden rounded = Golden.of("transformer_bf16");
		try (Transformer transformer =
			Transformer.load(config, checkpoint, List.of(), engine, TensorType.BFLOAT16, () -> {}))
		{
			final List<Tensor> out = predict(transformer, run);
			for (int i = 0; i < out.size(); i++) {
				final float[] exact = golden.floats(run + ".out." + i);
				Parity.record("transformer_bf16", run + ".out." + i, "of rms",
					Parity.distance(exact, out.get(i).toFloats()),
					Parity.distance(exact, rounded.floats(run + ".out." + i)));
			}
		}
	}

	private List<Tensor> predict(final Transformer transformer, final String run) {
		final List<Transformer.Sample> samples = new ArrayList<>();
		final float[] times = golden.floats(run + ".t");
		for (int i = 0; i < times.length; i++) {
			final long[] shape = golden.shape(run + ".in.x." + i);
			final Tensor latents =
				golden.tensor(scope, run + ".in.x." + i, 1, shape[0], shape[2], shape[3]);
			final Tensor caption =
				transformer.refineCaption(scope, golden.tensor(scope, run + ".in.cap." + i), () -> {});
			samples.add(new Transformer.Sample(latents, caption, times[i]));
		}
		return transformer.predict(scope, samples, () -> {});
	}

	@ParameterizedTest
	@ValueSource(strings = { "n4", "n8", "n9", "n50" })
	void timesAreEmbeddedAsInTheReference(final String run) {
		final Golden times = Golden.of("timestep_embedder");
		final float[] scaled = times.floats(run + ".t");
		for (int i = 0; i < scaled.length; i++) {
			scaled[i] *= (float) config.timeScale();
		}
		try (LoadedWeights weights = weights()) {
			final Program program = engine.program("transformer");
			final Tensor t = scope.floats(scaled, scaled.length);
			Parity.assertAbsolute(times, run + ".sinusoid",
				program.run(scope, "timestep_embedding", t, 256L).toFloats(), 2e-4);
			Parity.assertAbsolute(times, run + ".t_embedder",
				program.run(scope, "embed_timestep", t, weights.map("")).toFloats(), 1e-4);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "b1", "nopad" })
	void everyIntermediateAgrees(final String run) {
		try (LoadedWeights weights = weights()) {
			final Program program = engine.program("transformer");
			final TensorMap all = weights.map("");
			final RotaryTable rotary = new RotaryTable(config.ropeTheta(), config.axesWidths());
			final Tensor c = golden.tensor(scope, run + ".t_embedder");
			final long[] latent = golden.shape(run + ".in.x.0");
			final Tensor latents =
				golden.tensor(scope, run + ".in.x.0", 1, latent[0], latent[2], latent[3]);
			if ("nopad".equals(run))
				close(run + ".x_embedder.input", program.run(scope, "patchify", latents, 2L));
			Tensor x = program.run(scope, "embed_image", latents, all, "all_x_embedder.2-1", 2L);
			close(run + ".x.after_pad", x);
			Tensor caption = program.run(scope, "embed_caption", golden.tensor(scope, run + ".in.cap.0"),
				all, config.normEps());
			close(run + ".cap.after_pad", caption);
			final TokenGeometry geometry =
				new TokenGeometry((int) latent[2] / 2, (int) latent[3] / 2, (int) caption.size(1));
			final Tensor imageAngles = angles(run + ".x.freqs_cis", geometry.imageAngles(rotary));
			final Tensor captionAngles = angles(run + ".cap.freqs_cis",
				TokenGeometry.captionAngles(rotary, geometry.captionTokens()));
			for (int i = 0; i < config.refinerLayers(); i++) {
				x = block(program, x, c, imageAngles, weights.map("noise_refiner." + i + "."));
				close(run + ".noise_refiner." + i, x);
				caption = program.run(scope, "plain_block", caption, captionAngles,
					weights.map("context_refiner." + i + "."), (long) config.heads(), config.normEps());
				close(run + ".context_refiner." + i, caption);
			}
			x = program.run(scope, "join", x, caption);
			close(run + ".unified.input", x);
			final Tensor joined = scope.stack(List.of(imageAngles, captionAngles));
			insideOfABlock(run, program, weights.map("layers.0."), joined);
			for (int i = 0; i < config.layers(); i++) {
				x = block(program, x, c, joined, weights.map("layers." + i + "."));
				close(run + ".layers." + i, x);
			}
			close(run + ".final_layer",
				program.run(scope, "final_layer", x, c, all, "all_final_layer.2-1"));
		}
	}

	private void insideOfABlock(final String run, final Program program, final TensorMap layer,
		final Tensor angles)
	{
		final String name = run + ".layers.0.";
		close(name + "attention_norm1",
			program.run(scope, "rms_norm", golden.tensor(scope, run + ".unified.input"),
				layer.tensors().get("attention_norm1.weight"), config.normEps()));
		close(name + "adaLN_modulation", program.run(scope, "linear",
			golden.tensor(scope, run + ".t_embedder"), layer, "adaLN_modulation.0"));
	}

	private Tensor block(final Program program, final Tensor x, final Tensor c, final Tensor angles,
		final TensorMap layer)
	{
		return program.run(scope, "block", x, c, angles, layer, (long) config.heads(),
			config.normEps());
	}

	private Tensor angles(final String name, final float[] values) {
		Parity.assertAbsolute(golden, name, values, 5e-7);
		return scope.floats(values, values.length / config.headWidth(), config.headWidth() / 2, 2);
	}

	private void close(final String name, final Tensor actual) {
		Parity.assertClose(golden, name, actual.toFloats(), Parity.FORWARD);
	}

	private LoadedWeights weights() {
		return new LoadedWeights(checkpoint, engine.scope(), TensorType.FLOAT32);
	}
}
