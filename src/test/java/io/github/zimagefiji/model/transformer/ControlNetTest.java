
package io.github.zimagefiji.model.transformer;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
class ControlNetTest extends EngineFixture {

	/** Of the reference's forward passes. */
	private static final double SCALE = 0.8;
	private static final int SAMPLES = 2;
	/** Of each sample, with its caption; none is padded to another's length. */
	private static final int TOKENS = 64;

	private final TransformerConfig config =
		TransformerConfig.read(Golden.path("model/transformer/config.json"));
	private final Checkpoint checkpoint = Checkpoint.open(Golden.path("model/transformer"));

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void aForwardPassGivesTheReferencesPrediction(final String version) {
		final Golden golden = Golden.of("controlnet_" + version);
		try (Transformer transformer = transformer();
				ControlNet network = load(version, TensorType.FLOAT32))
		{
			final List<Tensor> out = predict(golden, transformer, network, SCALE, () -> {});
			for (int i = 0; i < SAMPLES; i++) {
				Parity.assertClose(golden, "transformer_out." + i, out.get(i).toFloats(), Parity.FORWARD);
			}
		}
	}

	/** As in ControlNets of full size, which have 15 blocks and two places. */
	@Test
	void allSharedBlocksRefineThePictureWhereFewerPlacesTakeWhatTheyAdd() {
		final Golden golden = Golden.of("controlnet_v21");
		final Golden expected = Golden.of("controlnet_v21_places1");
		final ControlNetFile file = ControlNetFile.open(Golden.path("controlnet_v21"), config);
		final ControlNetConfig c = file.config();
		final ControlNetConfig fewer = new ControlNetConfig(c.places(), c.refinement(), List.of(1),
			c.channels(), c.width(), c.refinerLayers(), c.heads(), c.normEps());
		final AtomicInteger blocks = new AtomicInteger();
		try (Transformer transformer = transformer();
				ControlNet network =
					ControlNet.load(fewer, file.weights(), engine, TensorType.FLOAT32, () -> {}))
		{
			final List<Tensor> out =
				predict(golden, transformer, network, SCALE, blocks::incrementAndGet);
			for (int i = 0; i < SAMPLES; i++) {
				Parity.assertClose(expected, "transformer_out." + i, out.get(i).toFloats(), Parity.FORWARD);
			}
		}
		assertEquals(SAMPLES * (Transformer.blocks(config) + ControlNet.blocks(fewer, config)),
			blocks.get());
	}

	@Test
	void aPictureOfOtherChannelsOrAnotherSizeIsRefused() {
		final Golden golden = Golden.of("controlnet_v1");
		try (ControlNet network = load("v1", TensorType.FLOAT32)) {
			final Tensor latents = batch(golden, "in.x.0");
			assertRefused(
				() -> new ControlNet.Condition(network, scope.floats(new float[33 * 96], 1, 33, 12, 8), 1),
				"16 channels", "[1, 33, 12, 8]");
			final ControlNet.Condition other =
				new ControlNet.Condition(network, batch(golden, "in.control.1"), 1);
			assertRefused(() -> new Transformer.Sample(latents, latents, 0, other), "16 × 8", "8 × 12");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16(final String version) {
		final Golden golden = Golden.of("controlnet_" + version);
		final Golden rounded = Golden.of("controlnet_" + version + "_bf16");
		try (
				Transformer transformer =
					Transformer.load(config, checkpoint, List.of(), engine, TensorType.BFLOAT16, () -> {});
				ControlNet network = load(version, TensorType.BFLOAT16))
		{
			final List<Tensor> out = predict(golden, transformer, network, SCALE, () -> {});
			for (int i = 0; i < SAMPLES; i++) {
				final String name = "transformer_out." + i;
				final float[] exact = golden.floats(name);
				Parity.record(rounded.name(), name, "of rms", Parity.distance(exact, out.get(i).toFloats()),
					Parity.distance(exact, rounded.floats(name)));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void whatIsAddedAfterEachLayerAgrees(final String version) {
		final Golden golden = Golden.of("controlnet_" + version);
		final float[][] expected = new float[config.layers()][];
		final float[][] actual = new float[config.layers()][];
		try (Transformer transformer = transformer();
				ControlNet network = load(version, TensorType.FLOAT32);
				LoadedWeights weights = new LoadedWeights(checkpoint, engine.scope(), TensorType.FLOAT32))
		{
			for (int i = 0; i < SAMPLES; i++) {
				final Transformer.Sample sample = sample(golden, i, transformer, network, SCALE);
				for (final int layer : network.config().places()) {
					if (i == 0) actual[layer] = new float[0];
				}
				final float[][] hints = hints(sample, weights);
				for (int layer = 0; layer < hints.length; layer++) {
					if (hints[layer] != null) actual[layer] = concatenated(actual[layer], hints[layer]);
				}
			}
		}
		for (int layer = 0; layer < config.layers(); layer++) {
			final String name = "block_samples." + layer;
			expected[layer] = golden.has(name) ? golden.floats(name) : null;
			assertEquals(expected[layer] == null, actual[layer] == null, name);
			if (actual[layer] != null) Parity.assertClose(golden, name, actual[layer], Parity.FORWARD);
		}
	}

	/**
	 * What the network adds to nothing after each main layer; null where it adds nothing.
	 */
	private float[][] hints(final Transformer.Sample sample, final LoadedWeights weights) {
		final Program program = engine.program("transformer");
		final TensorMap all = weights.map("");
		final Tensor time = program.run(scope, "embed_timestep",
			scope.floats(new float[] { sample.time() * (float) config.timeScale() }, 1), all);
		final Tensor latents = sample.latents();
		final TokenGeometry geometry = new TokenGeometry((int) latents.size(2) / 2,
			(int) latents.size(3) / 2, (int) sample.caption().size(1));
		final RotaryTable rotary = new RotaryTable(config.ropeTheta(), config.axesWidths());
		final Tensor image = angles(geometry.imageAngles(rotary));
		final Tensor joined = scope
			.stack(List.of(image, angles(TokenGeometry.captionAngles(rotary, geometry.captionTokens()))));
		final ControlStream control = new ControlStream(scope, sample.control(), time, () -> {});
		Tensor x = program.run(scope, "embed_image", latents, all, "all_x_embedder.2-1", 2L);
		control.enter(x, image, all.tensors().get("x_pad_token"));
		for (int i = 0; i < config.refinerLayers(); i++) {
			final TensorMap block = weights.map("noise_refiner." + i + ".");
			x =
				program.run(scope, "block", x, time, image, block, (long) config.heads(), config.normEps());
			control.refine(block, x, image, config.normEps());
		}
		x = program.run(scope, "join", x, sample.caption());
		control.join(x, sample.caption(), joined);
		final float[][] hints = new float[config.layers()][];
		for (int layer = 0; layer < hints.length; layer++) {
			final Tensor nothing =
				scope.floats(new float[TOKENS * config.width()], 1, TOKENS, config.width());
			if (control.adds(layer)) hints[layer] = control.add(nothing, joined).toFloats();
		}
		return hints;
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void scaleZeroIsNoControlToTheBit(final String version) {
		final Golden golden = Golden.of("controlnet_" + version);
		try (Transformer transformer = transformer();
				ControlNet network = load(version, TensorType.FLOAT32))
		{
			final List<Tensor> without = predict(golden, transformer, null, 0, () -> {});
			final AtomicInteger blocks = new AtomicInteger();
			final List<Tensor> none = predict(golden, transformer, network, 0, blocks::incrementAndGet);
			assertEquals(SAMPLES * Transformer.blocks(config), blocks.get(),
				"none of the ControlNet's blocks is run");
			for (int i = 0; i < SAMPLES; i++) {
				assertArrayEquals(without.get(i).toFloats(), none.get(i).toFloats());
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void imagesOfABatchShareThePicture(final String version) {
		final Golden golden = Golden.of("controlnet_" + version);
		try (Transformer transformer = transformer();
				ControlNet network = load(version, TensorType.FLOAT32))
		{
			final Transformer.Sample one = sample(golden, 0, transformer, network, SCALE);
			final float[] latents = one.latents().toFloats();
			final float[] other = reversed(latents);
			final long[] shape = one.latents().shape();
			final long[] both = { 2, shape[1], shape[2], shape[3] };
			final Transformer.Sample pair = new Transformer.Sample(
				scope.floats(concatenated(latents, other), both), one.caption(), one.time(), one.control());
			final Transformer.Sample second = new Transformer.Sample(scope.floats(other, shape),
				one.caption(), one.time(), one.control());
			final float[] together =
				transformer.predict(scope, List.of(pair), () -> {}).get(0).toFloats();
			final List<Tensor> apart = transformer.predict(scope, List.of(one, second), () -> {});
			final double distance =
				Parity.distance(concatenated(apart.get(0).toFloats(), apart.get(1).toFloats()), together);
			assertEquals(0, distance, 1e-5);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v20", "v21" })
	void everyBlockIsReported(final String version) {
		final Golden golden = Golden.of("controlnet_" + version);
		final AtomicInteger blocks = new AtomicInteger();
		try (Transformer transformer = transformer();
				ControlNet network = load(version, TensorType.FLOAT32))
		{
			predict(golden, transformer, network, SCALE, blocks::incrementAndGet);
			assertEquals(
				SAMPLES * (Transformer.blocks(config) + ControlNet.blocks(network.config(), config)),
				blocks.get());
		}
	}

	private static float[] reversed(final float[] values) {
		final float[] result = new float[values.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = values[values.length - 1 - i];
		}
		return result;
	}

	private static float[] concatenated(final float[] first, final float[] second) {
		final float[] all = Arrays.copyOf(first, first.length + second.length);
		System.arraycopy(second, 0, all, first.length, second.length);
		return all;
	}

	private Transformer transformer() {
		return Transformer.load(config, checkpoint, List.of(), engine, TensorType.FLOAT32, () -> {});
	}

	private ControlNet load(final String version, final TensorType type) {
		final ControlNetFile file = ControlNetFile.open(Golden.path("controlnet_" + version), config);
		return ControlNet.load(file.config(), file.weights(), engine, type, () -> {});
	}

	private List<Tensor> predict(final Golden golden, final Transformer transformer,
		final ControlNet network, final double scale, final Runnable afterBlock)
	{
		final List<Transformer.Sample> samples = new ArrayList<>();
		for (int i = 0; i < SAMPLES; i++) {
			samples.add(sample(golden, i, transformer, network, scale));
		}
		return transformer.predict(scope, samples, afterBlock);
	}

	private Transformer.Sample sample(final Golden golden, final int index,
		final Transformer transformer, final ControlNet network, final double scale)
	{
		final Tensor caption =
			transformer.refineCaption(scope, golden.tensor(scope, "in.cap." + index), () -> {});
		final Tensor latents = batch(golden, "in.x." + index);
		final ControlNet.Condition control = network == null ? null
			: new ControlNet.Condition(network, batch(golden, "in.control." + index), scale);
		return new Transformer.Sample(latents, caption, golden.floats("t")[index], control);
	}

	/** The reference's (channels, 1, height, width) as a batch of one. */
	private Tensor batch(final Golden golden, final String name) {
		final long[] shape = golden.shape(name);
		return golden.tensor(scope, name, 1, shape[0], shape[2], shape[3]);
	}

	private Tensor angles(final float[] values) {
		return scope.floats(values, values.length / config.headWidth(), config.headWidth() / 2, 2);
	}
}
