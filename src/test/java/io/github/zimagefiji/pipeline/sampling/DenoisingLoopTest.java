
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

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
import io.github.zimagefiji.request.Sampler;

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

	/**
	 * @param together whether both prompts pass the transformer block by block; the reference's batch
	 *          runs image by image
	 */
	@Test
	void everyEvaluationOfHeunsMethodAgrees() {
		final Golden inputs = Golden.of("loop_cfg");
		final Golden expected = Golden.of("loop_heun");
		final Guidance guidance = new Guidance(4, 0, 1);
		try (Transformer transformer = Transformer.load(model.transformer(), model.transformerWeights(),
			List.of(), engine, TensorType.FLOAT32, () -> {}))
		{
			final long[] shape = inputs.shape("latents.step0");
			final Schedule schedule =
				Schedule.ofSteps(scheduler(inputs), 6, (int) (shape[2] * shape[3] / 4));
			final float[] latents = noise(inputs, shape).get(0);
			final AtomicInteger evaluations = new AtomicInteger();
			new DenoisingLoop(predictor(inputs, transformer, 0, guidance, true), guidance).run(scope,
				Scheduler.of(Sampler.HEUN, schedule), latents, shape, (step, predicted) -> {
					final String tensor = "latents.evaluation" + evaluations.getAndIncrement();
					assertTrue(expected.has(tensor), "the reference does not evaluate so often");
					Parity.assertClose(expected, tensor, latents, Parity.LOOP);
				}, () -> {});
			assertEquals(11, evaluations.get(), "two for each step but the last");
		}
	}

	private void run(final Golden golden, final int steps, final Guidance guidance,
		final boolean together)
	{
		try (Transformer transformer = Transformer.load(model.transformer(), model.transformerWeights(),
			List.of(), engine, TensorType.FLOAT32, () -> {}))
		{
			final long[] shape = golden.shape("latents.step0");
			final Schedule schedule =
				Schedule.ofSteps(scheduler(golden), steps, (int) (shape[2] * shape[3] / 4));
			final List<float[]> noise = noise(golden, shape);
			int prompts = 1;
			while (golden.has("prompt_embeds." + prompts)) {
				prompts++;
			}
			final List<List<float[]>> latents = new ArrayList<>();
			final List<List<List<float[]>>> predictions = new ArrayList<>();
			for (int i = 0; i < steps; i++) {
				latents.add(new ArrayList<>());
				predictions.add(new ArrayList<>());
			}
			for (int i = 0; i < noise.size(); i++) {
				final float[] one = noise.get(i);
				final Predictor predictor =
					predictor(golden, transformer, i * prompts / noise.size(), guidance, together);
				new DenoisingLoop(predictor, guidance).run(scope, Scheduler.of(Sampler.EULER, schedule),
					one, new long[] { 1, shape[1], shape[2], shape[3] }, (step, predicted) -> {
						latents.get(step).add(one.clone());
						predictions.get(step).add(predicted);
					}, () -> {});
			}
			for (int step = 0; step < steps; step++) {
				comparePredictions(golden, step, predictions.get(step), noise.size() / prompts);
				Parity.assertClose(golden, "latents.step" + step, join(latents.get(step)), Parity.LOOP);
			}
			assertFalse(golden.has("latents.step" + steps), "the reference makes more steps");
		}
	}

	private Predictor predictor(final Golden golden, final Transformer transformer, final int prompt,
		final Guidance guidance, final boolean together)
	{
		final Tensor positive = caption(golden, transformer, "prompt_embeds." + prompt);
		final Tensor negative =
			guidance.isOn() ? caption(golden, transformer, "negative_prompt_embeds." + prompt) : null;
		return together ? Predictor.of(transformer, positive, negative, null)
			: GoldenLoop.separately(Predictor.of(transformer, positive, null, null),
				Predictor.of(transformer, negative, null, null));
	}

	/**
	 * Some files hold the predictions too; then there must be as many, for none is made and then
	 * thrown away.
	 */
	private static void comparePredictions(final Golden golden, final int step,
		final List<List<float[]>> images, final int imagesOfAPrompt)
	{
		final String tensor = "model_out.step" + step + ".";
		if (!golden.has(tensor + 0)) return;
		// Every prompt's positive, then every prompt's negative.
		int compared = 0;
		for (int sign = 0; sign < images.get(0).size(); sign++) {
			for (int i = 0; i < images.size(); i += imagesOfAPrompt) {
				final List<float[]> ofPrompt = new ArrayList<>();
				for (final List<float[]> image : images.subList(i, i + imagesOfAPrompt)) {
					ofPrompt.add(image.get(sign));
				}
				assertTrue(golden.has(tensor + compared),
					"the reference evaluates less: " + tensor + compared);
				Parity.assertClose(golden, tensor + compared++, join(ofPrompt), Parity.LOOP);
			}
		}
		assertFalse(golden.has(tensor + compared), "the reference evaluates more");
	}

	@Test
	void aStepOfSeveralEvaluationsIsOneStep() {
		final Schedule schedule = Schedule.ofSteps(model.scheduler(), 3, 24);
		final List<String> seen = new ArrayList<>();
		final Scheduler twice = new Scheduler() {

			@Override
			public Schedule schedule() {
				return schedule;
			}

			@Override
			public int evaluations(final int step) {
				return step == 2 ? 1 : 2;
			}

			@Override
			public void advance(final float[] latents, final float[] velocity, final int step,
				final int evaluation)
			{
				assertEquals(-1, velocity[0]);
				latents[0] = 10 * step + evaluation;
			}
		};
		final float[] latents = { -1 };
		final Predictor predictor = (inner, now, time, guided, afterBlock) -> {
			seen.add("at " + now.toFloats()[0] + " " + time);
			return List.of(inner.floats(new float[] { 1 }, 1, 1, 1, 1));
		};
		new DenoisingLoop(predictor, Guidance.OFF).run(scope, twice, latents, new long[] { 1, 1, 1, 1 },
			new DenoisingLoop.Listener()
			{

				@Override
				public void beforeStep(final int step) {
					seen.add("step " + step);
				}

				@Override
				public void afterEvaluation(final int step, final List<float[]> predictions) {
					latents[0] += 0.5f;
				}

				@Override
				public void afterStep(final int step) {
					seen.add("done " + latents[0]);
				}
			}, () -> {});
		final float[] times = { schedule.modelTime(0), schedule.modelTime(1), schedule.modelTime(2) };
		assertEquals(List.of("step 0", "at -1.0 " + times[0], "at 0.5 " + times[1], "done 1.5",
			"step 1", "at 1.5 " + times[1], "at 10.5 " + times[2], "done 11.5", "step 2",
			"at 11.5 " + times[2], "done 20.5"), seen);
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
