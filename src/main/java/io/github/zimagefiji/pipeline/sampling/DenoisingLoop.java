
package io.github.zimagefiji.pipeline.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.Transformer;

/**
 * The sampling loop of pipeline_z_image.py: for each noise level the transformer predicts, guidance
 * joins what it predicts for both prompts, and an Euler step moves the latents. Latents, guidance
 * and steps are float32 whatever the precision.
 */
public final class DenoisingLoop {

	private final Predictor predictor;
	private final Schedule schedule;
	private final Guidance guidance;
	private final boolean together;

	/**
	 * @param together whether both prompts of a group, and all groups, pass the transformer block by
	 *          block
	 */
	public DenoisingLoop(final Transformer transformer, final Schedule schedule,
		final Guidance guidance, final boolean together)
	{
		this(predictor(transformer), schedule, guidance, together);
	}

	/**
	 * A transformer as text-to-image models have it, with the captions and ControlNets of the groups.
	 */
	static Predictor predictor(final Transformer transformer) {
		return (scope, inputs, time, afterBlock) -> transformer.predict(scope,
			inputs.stream().map(input -> new Transformer.Sample(input.latents(), input.caption(), time,
				input.group().control())).toList(),
			afterBlock);
	}

	/**
	 * @param together whether both prompts of a group, and all groups, are predicted in one call
	 */
	public DenoisingLoop(final Predictor predictor, final Schedule schedule, final Guidance guidance,
		final boolean together)
	{
		this.predictor = predictor;
		this.schedule = schedule;
		this.guidance = guidance;
		this.together = together;
	}

	/**
	 * What predicts velocities: a transformer, with whatever else it is told beside the caption.
	 */
	@FunctionalInterface
	interface Predictor {

		/**
		 * Predicts the velocity of each input.
		 *
		 * @param scope owns the results
		 * @param time 0 (noise) to 1 (image)
		 * @param afterBlock called after each block of each input; may throw to stop
		 * @return for each input a tensor like its latents, as the network gives it: the loop negates
		 *         it
		 */
		List<Tensor> predict(TensorScope scope, List<Input> inputs, float time, Runnable afterBlock);
	}

	/**
	 * One group with one of its prompts.
	 *
	 * @param group what is predicted for
	 * @param index number of the group, from 0
	 * @param negative whether the prompt is the negative one
	 * @param latents of the group, (images, channels, rows, columns)
	 */
	record Input(Group group, int index, boolean negative, Tensor latents) {

		/** Refined caption of the prompt; null if the group has none. */
		Tensor caption() {
			return negative ? group.negative() : group.positive();
		}
	}

	/**
	 * Images of one size and one prompt.
	 *
	 * @param latents (images, channels, rows, columns), row-major; replaced by the result
	 * @param shape of {@code latents}
	 * @param positive refined caption of the prompt
	 * @param negative refined caption of the negative prompt; null without guidance
	 * @param control what a ControlNet adds, to both prompts alike; null for nothing
	 */
	public record Group(float[] latents, long[] shape, Tensor positive, Tensor negative,
			ControlNet.Condition control)
	{

		/** Images without a ControlNet. */
		public Group(final float[] latents, final long[] shape, final Tensor positive,
			final Tensor negative)
		{
			this(latents, shape, positive, negative, null);
		}

		/** Images whose prompts the {@link Predictor} knows. */
		public Group(final float[] latents, final long[] shape) {
			this(latents, shape, null, null, null);
		}
	}

	/**
	 * Sees each step's result, and may change the groups' latents before the next step.
	 */
	@FunctionalInterface
	public interface StepListener {

		/**
		 * @param step from 0
		 * @param predictions of the transformer as it gave them: every group's positive, then every
		 *          group's negative if guidance applied. Latents are in the groups
		 */
		void afterStep(int step, List<float[]> predictions);
	}

	/**
	 * Runs all steps.
	 *
	 * @param beforeStep called with the step's number, from 0
	 * @param afterBlock called after each block of each sample; may throw to stop
	 */
	public void run(final TensorScope scope, final List<Group> groups, final IntConsumer beforeStep,
		final StepListener listener, final Runnable afterBlock)
	{
		for (int step = 0; step < schedule.steps(); step++) {
			beforeStep.accept(step);
			final float time = schedule.modelTime(step);
			final boolean guided = guidance.appliesAt(time);
			final List<float[]> predictions = predict(scope, groups, time, guided, afterBlock);
			for (int i = 0; i < groups.size(); i++) {
				final float[] velocity = predictions.get(i).clone();
				if (guided) guide(groups.get(i), velocity, predictions.get(groups.size() + i));
				negate(velocity);
				schedule.advance(groups.get(i).latents(), velocity, step);
			}
			listener.afterStep(step, predictions);
		}
	}

	private List<float[]> predict(final TensorScope scope, final List<Group> groups, final float time,
		final boolean guided, final Runnable afterBlock)
	{
		try (TensorScope inner = scope.inner()) {
			final List<Input> inputs = new ArrayList<>();
			final List<Tensor> latents =
				groups.stream().map(g -> inner.floats(g.latents(), g.shape())).toList();
			for (int i = 0; i < groups.size(); i++) {
				inputs.add(new Input(groups.get(i), i, false, latents.get(i)));
			}
			for (int i = 0; guided && i < groups.size(); i++) {
				inputs.add(new Input(groups.get(i), i, true, latents.get(i)));
			}
			final List<float[]> result = new ArrayList<>();
			for (final List<Input> part : together ? List.of(inputs)
				: inputs.stream().map(List::of).toList())
			{
				predictor.predict(inner, part, time, afterBlock).forEach(t -> result.add(t.toFloats()));
			}
			return result;
		}
	}

	/** Norms are those of each image by itself. */
	private void guide(final Group group, final float[] velocity, final float[] negative) {
		final int size = velocity.length / (int) group.shape()[0];
		for (int start = 0; start < velocity.length; start += size) {
			final float[] one = Arrays.copyOfRange(velocity, start, start + size);
			guidance.apply(one, Arrays.copyOfRange(negative, start, start + size));
			System.arraycopy(one, 0, velocity, start, size);
		}
	}

	private static void negate(final float[] values) {
		for (int i = 0; i < values.length; i++) {
			values[i] = -values[i];
		}
	}
}
