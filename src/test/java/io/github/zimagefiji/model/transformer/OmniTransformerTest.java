
package io.github.zimagefiji.model.transformer;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.transformer.OmniGeometry.Grid;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

@Tag("engine")
class OmniTransformerTest extends EngineFixture {

	private final TransformerConfig config =
		TransformerConfig.read(Golden.path("model_omni/transformer/config.json"));
	private final Checkpoint checkpoint = Checkpoint.open(Golden.path("model_omni/transformer"));
	private final Golden golden = Golden.of("transformer_omni");

	@ParameterizedTest
	@ValueSource(strings = { "i0", "i1", "i2" })
	void aForwardPassGivesTheReferencesPrediction(final String run) {
		try (Transformer transformer = load(TensorType.FLOAT32)) {
			Parity.assertClose(golden, run + ".out.0", predict(transformer, run).toFloats(),
				Parity.FORWARD);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "i0", "i1", "i2" })
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16(final String run) {
		final float[] exact = golden.floats(run + ".out.0");
		final float[] rounded = Golden.of("transformer_omni_bf16").floats(run + ".out.0");
		try (Transformer transformer = load(TensorType.BFLOAT16)) {
			// The largest of a thousand roundings is a matter of luck; their mean is
			// not.
			Parity.record("transformer_omni_bf16", run + ".out.0, root mean square", "of rms",
				spread(exact, predict(transformer, run).toFloats()), spread(exact, rounded));
		}
	}

	/**
	 * The reference pads the shorter sample and masks it; here none is padded.
	 */
	@Test
	void positiveAndNegativeGoTogetherAsInTheReferencesBatch() {
		try (Transformer transformer = load(TensorType.FLOAT32)) {
			final OmniTransformer omni = new OmniTransformer(transformer);
			final Golden prompts = conditions("i1");
			final OmniTransformer.Condition negative =
				omni.prepare(scope, names(prompts, "negative_prompt_embeds.0.").stream()
					.map(p -> prompts.tensor(scope, p)).toList(), references("i1"), () -> {});
			final float time = golden.floats("i1.t")[0];
			final Tensor noise = latents("i1.in.x.0.1");
			final List<Tensor> out =
				omni.predict(scope, List.of(new OmniTransformer.Sample(noise, condition(omni, "i1"), time),
					new OmniTransformer.Sample(noise, negative, time)), () -> {});
			for (int i = 0; i < out.size(); i++) {
				Parity.assertClose(golden, "cfg.out." + i, out.get(i).toFloats(), Parity.FORWARD);
			}
		}
	}

	/** As diffusers' text-to-image pipeline would run these weights. */
	@Test
	void theFormWithoutReferenceImagesRunsOnTheSameWeights() {
		try (Transformer transformer = load(TensorType.FLOAT32)) {
			final Tensor caption =
				transformer.refineCaption(scope, golden.tensor(scope, "i0.in.cap.0.0"), () -> {});
			final Tensor out = transformer.predict(scope,
				List.of(new Transformer.Sample(latents("i0.in.x.0.0"), caption, golden.floats("i0.t")[0])),
				() -> {}).get(0);
			Parity.assertClose(Golden.of("transformer_omni_basic"), "out.0", out.toFloats(),
				Parity.FORWARD);
		}
	}

	@Test
	void imagesOfABatchShareTheCondition() {
		try (Transformer transformer = load(TensorType.FLOAT32)) {
			final OmniTransformer omni = new OmniTransformer(transformer);
			final Tensor both = scope
				.stack(List.of(scope.floats(new float[16 * 12 * 8], 1, 16, 12, 8), latents("i2.in.x.0.2")));
			final float[] out = omni.predict(scope,
				List.of(new OmniTransformer.Sample(both, condition(omni, "i2"), golden.floats("i2.t")[0])),
				() -> {}).get(0).toFloats();
			Parity.assertClose(golden, "i2.out.0", Arrays.copyOfRange(out, out.length / 2, out.length),
				Parity.FORWARD);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "i0", "i1", "i2" })
	void everyTokenStandsWhereItStandsInTheReference(final String run) {
		final OmniGeometry geometry = geometry(run, 0);
		final Grid target = target(run);
		comparePositions(run + ".cap.pos_ids.0", geometry.captionPositions());
		comparePositions(run + ".x.pos_ids.0", geometry.imagePositions(target));
		if (geometry.images() > 0)
			comparePositions(run + ".siglip.pos_ids.0", geometry.featurePositions());
		assertArrayEquals(golden.floats(run + ".x.noise_mask"), floats(geometry.noisyImages(target)));
		assertArrayEquals(golden.floats(run + ".unified.noise_mask"), floats(geometry.noisy(target)));
	}

	/**
	 * The reference's table is longer than the caption; what is behind its end is cut off there too.
	 */
	private void comparePositions(final String name, final List<int[]> actual) {
		final float[] expected = golden.floats(name);
		assertTrue(actual.size() * 3 <= expected.length);
		for (int i = 0; i < actual.size() * 3; i++) {
			assertEquals(expected[i], actual.get(i / 3)[i % 3], name + " " + i);
		}
	}

	@ParameterizedTest
	@CsvSource({ "i0, true", "i1, true", "i2, false" })
	void everyIntermediateAgrees(final String run, final boolean everything) {
		try (
				LoadedWeights weights = new LoadedWeights(checkpoint, engine.scope(), TensorType.FLOAT32))
		{
			final Program program = engine.program("transformer");
			final TensorMap all = weights.map("");
			final OmniGeometry geometry = geometry(run, 0);
			final Tensor times =
				scope.floats(new float[] { golden.floats(run + ".t")[0] * 1000, 1000 }, 2);
			final Tensor c = program.run(scope, "embed_timestep", times, all);
			compareTimes(run, c.toFloats());
			Tensor x = program.run(scope, "tokens",
				images(run).stream()
					.map(i -> program.run(scope, "embed_image", latents(i), all, "all_x_embedder.2-1", 2L))
					.toList(),
				1L);
			close(run + ".x.after_pad", x);
			Tensor caption = program.run(scope, "tokens",
				pieces(run, 0).stream().map(
					p -> program.run(scope, "embed_caption", golden.tensor(scope, p), all, config.normEps()))
					.toList(),
				1L);
			close(run + ".cap.after_pad", caption);
			final Tensor noisyImages = scope.longs(geometry.noisyImages(target(run)));
			final Tensor imageAngles =
				angles(everything ? run + ".x.freqs_cis" : null, geometry.imagePositions(target(run)));
			final Tensor captionAngles =
				angles(everything ? run + ".cap.freqs_cis" : null, geometry.captionPositions());
			for (int i = 0; i < config.refinerLayers(); i++) {
				x = omniBlock(program, x, noisyImages, c, imageAngles,
					weights.map("noise_refiner." + i + "."));
				closeIfThere(run + ".noise_refiner." + i, x);
				caption =
					plainBlock(program, caption, captionAngles, weights.map("context_refiner." + i + "."));
				closeIfThere(run + ".context_refiner." + i, caption);
			}
			final List<Tensor> sequence = new ArrayList<>(List.of(caption, x));
			if (geometry.images() > 0)
				sequence.add(features(run, program, weights, geometry, everything));
			x = program.run(scope, "tokens", sequence, 1L);
			close(run + ".unified.input", x);
			final List<int[]> positions = new ArrayList<>(geometry.captionPositions());
			positions.addAll(geometry.imagePositions(target(run)));
			positions.addAll(geometry.featurePositions());
			final Tensor joined = angles(everything ? run + ".unified.freqs_cis" : null, positions);
			final Tensor noisy = scope.longs(geometry.noisy(target(run)));
			for (int i = 0; i < config.layers(); i++) {
				x = omniBlock(program, x, noisy, c, joined, weights.map("layers." + i + "."));
				close(run + ".layers." + i, x);
			}
		}
	}

	/** The reference's dump holds both times' embeddings. */
	private void compareTimes(final String run, final float[] both) {
		final int width = config.conditioningWidth();
		Parity.assertAbsolute(golden, run + ".t_embedder.noisy", Arrays.copyOf(both, width), 1e-4);
		Parity.assertAbsolute(golden, run + ".t_embedder.clean",
			Arrays.copyOfRange(both, width, 2 * width), 1e-4);
	}

	private Tensor features(final String run, final Program program, final LoadedWeights weights,
		final OmniGeometry geometry, final boolean everything)
	{
		final TensorMap all = weights.map("");
		final List<Tensor> tokens = new ArrayList<>();
		for (final String grid : grids(run)) {
			tokens.add(program.run(scope, "embed_features", conditions(run).tensor(scope, grid), all,
				config.normEps()));
		}
		tokens.add(program.run(scope, "missing_features", all));
		Tensor x = program.run(scope, "tokens", tokens, 1L);
		close(run + ".siglip.after_pad", x);
		final Tensor angles =
			angles(everything ? run + ".siglip.freqs_cis" : null, geometry.featurePositions());
		for (int i = 0; i < config.refinerLayers(); i++) {
			x = plainBlock(program, x, angles, weights.map("siglip_refiner." + i + "."));
			closeIfThere(run + ".siglip_refiner." + i, x);
		}
		return x;
	}

	@Test
	void blocksAreCountedAsTheyRun() {
		final AtomicInteger blocks = new AtomicInteger();
		try (Transformer transformer = load(TensorType.FLOAT32)) {
			final OmniTransformer omni = new OmniTransformer(transformer);
			final OmniTransformer.Condition condition =
				omni.prepare(scope, pieces("i1", 0).stream().map(p -> golden.tensor(scope, p)).toList(),
					references("i1"), blocks::incrementAndGet);
			assertEquals(OmniTransformer.preparingBlocks(config, 1), blocks.getAndSet(0));
			omni.predict(scope,
				List.of(new OmniTransformer.Sample(latents("i1.in.x.0.1"), condition, 0.5f)),
				blocks::incrementAndGet);
			assertEquals(OmniTransformer.blocks(config), blocks.get());
		}
	}

	@Test
	void aModelWithoutPlaceForReferenceImagesCannotEdit() {
		final TransformerConfig plain =
			TransformerConfig.read(Golden.path("model/transformer/config.json"));
		try (Transformer transformer =
			Transformer.load(plain, Checkpoint.open(Golden.path("model/transformer")), List.of(), engine,
				TensorType.FLOAT32, () -> {}))
		{
			assertRefused(() -> new OmniTransformer(transformer), "Choose an Omni or Edit model");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';',
		value = { "30; 1024,1024; 512,512; ", "30; 1026,8; 8,8; image of 64 × 8208 pixels",
			"30; 8,8; 8,514; reference image 1 of 4112 × 64 pixels", "1500; 8,8; 8,8; ",
			"1501; 8,8; 8,8; 1501 tokens" })
	void sizesBeyondTheModelsPositionsAreRefused(final int tokens, final String target,
		final String reference, final String said)
	{
		final List<int[]> sizes = List.of(size(target), size(reference));
		if (said == null) OmniTransformer.checkSize(config, tokens, sizes);
		else {
			assertRefused(() -> OmniTransformer.checkSize(config, tokens, sizes), said);
		}
	}

	private static int[] size(final String text) {
		return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
	}

	private Tensor predict(final Transformer transformer, final String run) {
		final OmniTransformer omni = new OmniTransformer(transformer);
		final Tensor noise = latents(images(run).get(images(run).size() - 1));
		return omni.predict(scope,
			List
				.of(new OmniTransformer.Sample(noise, condition(omni, run), golden.floats(run + ".t")[0])),
			() -> {}).get(0);
	}

	private OmniTransformer.Condition condition(final OmniTransformer omni, final String run) {
		return omni.prepare(scope, pieces(run, 0).stream().map(p -> golden.tensor(scope, p)).toList(),
			references(run), () -> {});
	}

	private List<OmniTransformer.Reference> references(final String run) {
		final List<OmniTransformer.Reference> references = new ArrayList<>();
		for (int i = 0; i < grids(run).size(); i++) {
			references.add(new OmniTransformer.Reference(latents(images(run).get(i)),
				conditions(run).tensor(scope, grids(run).get(i))));
		}
		return references;
	}

	private OmniGeometry geometry(final String run, final int sample) {
		final List<Grid> images = images(run).stream()
			.map(i -> new Grid((int) golden.shape(i)[2], (int) golden.shape(i)[3])).toList();
		final List<Grid> features = grids(run).stream().map(g -> conditions(run).shape(g))
			.map(s -> new Grid((int) s[0], (int) s[1])).toList();
		return new OmniGeometry(
			pieces(run, sample).stream().map(p -> (int) golden.shape(p)[0]).toList(),
			images.subList(0, images.size() - 1), features, 2);
	}

	private Grid target(final String run) {
		final long[] shape = golden.shape(images(run).get(images(run).size() - 1));
		return new Grid((int) shape[2], (int) shape[3]);
	}

	private List<String> pieces(final String run, final int sample) {
		return names(golden, run + ".in.cap." + sample + ".");
	}

	/** The last is the noisy one. */
	private List<String> images(final String run) {
		return names(golden, run + ".in.x.0.");
	}

	private List<String> grids(final String run) {
		return "i0".equals(run) ? List.of() : names(conditions(run), "condition_siglip.");
	}

	private static Golden conditions(final String run) {
		return Golden.of("i2".equals(run) ? "loop_omni_2img" : "loop_omni_1img");
	}

	private static List<String> names(final Golden golden, final String prefix) {
		final List<String> names = new ArrayList<>();
		while (golden.has(prefix + names.size())) {
			names.add(prefix + names.size());
		}
		return names;
	}

	private Tensor latents(final String name) {
		final long[] shape = golden.shape(name);
		return golden.tensor(scope, name, 1, shape[0], shape[2], shape[3]);
	}

	private Tensor omniBlock(final Program program, final Tensor x, final Tensor noisy,
		final Tensor c, final Tensor angles, final TensorMap layer)
	{
		return program.run(scope, "omni_block", x, noisy, c, angles, layer, (long) config.heads(),
			config.normEps());
	}

	private Tensor plainBlock(final Program program, final Tensor x, final Tensor angles,
		final TensorMap layer)
	{
		return program.run(scope, "plain_block", x, angles, layer, (long) config.heads(),
			config.normEps());
	}

	private Tensor angles(final String name, final List<int[]> positions) {
		final float[] values =
			new RotaryTable(config.ropeTheta(), config.axesWidths()).angles(positions);
		if (name != null) Parity.assertAbsolute(golden, name, values, 5e-7);
		return scope.floats(values, positions.size(), config.headWidth() / 2, 2);
	}

	private void close(final String name, final Tensor actual) {
		Parity.assertClose(golden, name, actual.toFloats(), Parity.FORWARD);
	}

	private void closeIfThere(final String name, final Tensor actual) {
		if (golden.has(name)) close(name, actual);
	}

	private static float[] floats(final long[] values) {
		final float[] result = new float[values.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = values[i];
		}
		return result;
	}

	/** Root mean square of the differences, over that of the expected values. */
	private static double spread(final float[] expected, final float[] actual) {
		double differences = 0;
		double squares = 0;
		for (int i = 0; i < expected.length; i++) {
			differences += Math.pow(expected[i] - actual[i], 2);
			squares += Math.pow(expected[i], 2);
		}
		return Math.sqrt(differences / squares);
	}

	private Transformer load(final TensorType type) {
		return Transformer.load(config, checkpoint, List.of(), engine, type, () -> {});
	}
}
