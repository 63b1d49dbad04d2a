
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.google.gson.JsonObject;

import io.github.zimagefiji.engine.EngineFixture;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.folder.SchedulerConfig;
import io.github.zimagefiji.model.transformer.Transformer;

/**
 * Every step of the reference's loops, from its prompt embeddings and its noise's seed.
 */
@Tag("engine")
class DenoisingLoopTest extends EngineFixture {

	private final ModelFolder model = ModelFolder.open(Golden.model());

	@ParameterizedTest
	@CsvSource({ "loop_turbo_n8, 8, 0, 0, 1", "loop_turbo_n9, 9, 0, 0, 1", "loop_cfg, 6, 4, 0, 1",
		"loop_cfg_norm, 6, 4, 1, 1", "loop_cfg_trunc, 6, 4, 0, 0.5", "loop_cfg_1, 6, 1, 0, 1",
		"loop_cfg_norm_half, 6, 3, 0.5, 1", "loop_batch2, 3, 0, 0, 1",
		"loop_batch2_cfg_2images, 2, 3, 0, 1", "loop_dynamic_shift, 4, 0, 0, 1" })
	void everyStepAgrees(final String name, final int steps, final double scale,
		final double normalization, final double truncation)
	{
		for (final boolean together : new boolean[] { true, false }) {
			final Guidance guidance = new Guidance(scale, normalization, truncation);
			run(Golden.of(name), steps, guidance, together);
		}
	}

	private void run(final Golden golden, final int steps, final Guidance guidance,
		final boolean together)
	{
		try (Transformer transformer =
			Transformer.load(model.transformer(), model.transformerWeights(), engine, TensorType.FLOAT32))
		{
			final long[] shape = golden.shape("latents.step0");
			final List<DenoisingLoop.Group> groups = groups(golden, transformer, shape, guidance);
			final Schedule schedule =
				Schedule.ofSteps(scheduler(golden), steps, (int) (shape[2] * shape[3] / 4));
			final DenoisingLoop loop = new DenoisingLoop(transformer, schedule, guidance, together);
			loop.run(scope, groups, step -> {}, (step, predictions) -> {
				comparePredictions(golden, step, predictions);
				Parity.assertClose(golden, "latents.step" + step, latents(groups), Parity.LOOP);
			}, () -> {});
			assertFalse(golden.has("latents.step" + steps), "the reference makes more steps");
		}
	}

	/**
	 * Some files hold the predictions too; then there must be as many, for none is made and then
	 * thrown away.
	 */
	private static void comparePredictions(final Golden golden, final int step,
		final List<float[]> predictions)
	{
		final String tensor = "model_out.step" + step + ".";
		if (!golden.has(tensor + 0)) return;
		for (int i = 0; i < predictions.size(); i++) {
			assertTrue(golden.has(tensor + i), "the reference evaluates less: " + tensor + i);
			Parity.assertClose(golden, tensor + i, predictions.get(i), Parity.LOOP);
		}
		assertFalse(golden.has(tensor + predictions.size()), "the reference evaluates more");
	}

	@Test
	void eachImageOfABatchHasItsOwnNorm() {
		final Golden golden = Golden.of("loop_cfg");
		final Guidance guidance = new Guidance(3, 0.5, 1);
		final Schedule schedule = Schedule.ofSteps(model.scheduler(), 2, 24);
		final long[] shape = golden.shape("latents.init");
		final int size = (int) (shape[1] * shape[2] * shape[3]);
		final float[] noise = new TorchRandom(1).normal(2 * size);
		final float[] both = noise.clone();
		final float[] second = Arrays.copyOfRange(noise, size, 2 * size);
		try (Transformer transformer =
			Transformer.load(model.transformer(), model.transformerWeights(), engine, TensorType.FLOAT32))
		{
			final Tensor positive = caption(golden, transformer, "prompt_embeds.0");
			final Tensor negative = caption(golden, transformer, "negative_prompt_embeds.0");
			final DenoisingLoop loop = new DenoisingLoop(transformer, schedule, guidance, true);
			for (final float[] latents : List.of(both, second)) {
				final long[] axes = { latents.length / size, shape[1], shape[2], shape[3] };
				loop.run(scope, List.of(new DenoisingLoop.Group(latents, axes, positive, negative)),
					step -> {}, (step, predictions) -> {}, () -> {});
			}
		}
		assertTrue(Parity.distance(second, Arrays.copyOfRange(both, size, 2 * size)) < 1e-5);
	}

	/**
	 * One group for each prompt; the reference's batch of several images is divided among them.
	 */
	private List<DenoisingLoop.Group> groups(final Golden golden, final Transformer transformer,
		final long[] shape, final Guidance guidance)
	{
		final List<float[]> noise = noise(golden, shape);
		int prompts = 1;
		while (golden.has("prompt_embeds." + prompts)) {
			prompts++;
		}
		final int each = noise.size() / prompts;
		final List<DenoisingLoop.Group> groups = new ArrayList<>();
		for (int i = 0; i < prompts; i++) {
			final float[] latents = join(noise.subList(i * each, (i + 1) * each));
			final Tensor negative =
				guidance.isOn() ? caption(golden, transformer, "negative_prompt_embeds." + i) : null;
			groups.add(new DenoisingLoop.Group(latents, new long[] { each, shape[1], shape[2], shape[3] },
				caption(golden, transformer, "prompt_embeds." + i), negative));
		}
		return groups;
	}

	private Tensor caption(final Golden golden, final Transformer transformer, final String tensor) {
		return transformer.refineCaption(scope, golden.tensor(scope, tensor), () -> {});
	}

	/**
	 * The reference draws one tensor from each generator; a list of generators draws each image by
	 * itself.
	 */
	private static List<float[]> noise(final Golden golden, final long[] shape) {
		final int size = (int) (shape[1] * shape[2] * shape[3]);
		final List<float[]> images = new ArrayList<>();
		for (final long seed : seeds(golden)) {
			final int count = (int) shape[0] / seeds(golden).length;
			final float[] drawn = new TorchRandom(seed).normal(count * size);
			for (int i = 0; i < count; i++) {
				images.add(Arrays.copyOfRange(drawn, i * size, (i + 1) * size));
			}
		}
		assertEquals(shape[0], images.size());
		return images;
	}

	private static long[] seeds(final Golden golden) {
		final JsonObject config = golden.config();
		return config.get("seed").isJsonArray()
			? config.getAsJsonArray("seed").asList().stream().mapToLong(e -> e.getAsLong()).toArray()
			: new long[] { config.get("seed").getAsLong() };
	}

	private SchedulerConfig scheduler(final Golden golden) {
		final SchedulerConfig c = model.scheduler();
		return new SchedulerConfig(c.trainingSteps(), c.shift(),
			"loop_dynamic_shift".equals(golden.name()), true, c.baseTokens(), c.maxTokens(),
			c.baseShift(), c.maxShift(), 0);
	}

	private static float[] latents(final List<DenoisingLoop.Group> groups) {
		return join(groups.stream().map(DenoisingLoop.Group::latents).toList());
	}

	private static float[] join(final List<float[]> parts) {
		final float[] all = new float[parts.stream().mapToInt(p -> p.length).sum()];
		int at = 0;
		for (final float[] part : parts) {
			System.arraycopy(part, 0, all, at, part.length);
			at += part.length;
		}
		return all;
	}
}
