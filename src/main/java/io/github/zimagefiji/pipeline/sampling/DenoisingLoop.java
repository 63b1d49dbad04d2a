
package io.github.zimagefiji.pipeline.sampling;

import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;

/**
 * The sampling loop of pipeline_z_image.py: for each noise level the transformer predicts, guidance
 * joins what it predicts for both prompts, and the scheduler moves the latents. Latents, guidance
 * and steps are float32 whatever the precision.
 *
 * @param predictor of velocities
 * @param guidance of the run
 */
public record DenoisingLoop(Predictor predictor, Guidance guidance) {

	/** Sees the image on its way, and may change its latents. */
	@FunctionalInterface
	public interface Listener {

		/** @param step from 0 */
		default void beforeStep(final int step) {
			// not everybody needs to know
		}

		/**
		 * The latents are at the noise level after the step, and are what the next evaluation sees.
		 *
		 * @param step from 0
		 * @param predictions of the transformer as it gave them: with the prompt, then with the
		 *          negative one if guidance applied
		 */
		void afterEvaluation(int step, List<float[]> predictions);

		/** @param step that the last evaluation completed, from 0 */
		default void afterStep(final int step) {
			// not everybody needs to know
		}
	}

	/**
	 * Runs all steps for one image.
	 *
	 * @param scheduler of this image
	 * @param latents row-major; replaced by the result
	 * @param shape of {@code latents}: (1, channels, rows, columns)
	 * @param afterBlock called after each block of each evaluation; may throw to stop
	 */
	public void run(final TensorScope scope, final Scheduler scheduler, final float[] latents,
		final long[] shape, final Listener listener, final Runnable afterBlock)
	{
		for (int step = 0; step < scheduler.schedule().steps(); step++) {
			listener.beforeStep(step);
			for (int i = 0; i < scheduler.evaluations(step); i++) {
				final float time = scheduler.modelTime(step, i);
				final boolean guided = guidance.appliesAt(time);
				final List<float[]> predictions;
				try (TensorScope inner = scope.inner()) {
					predictions =
						predictor.predict(inner, inner.floats(latents, shape), time, guided, afterBlock)
							.stream().map(Tensor::toFloats).toList();
				}
				final float[] velocity = predictions.get(0).clone();
				if (guided) guidance.apply(velocity, predictions.get(1));
				negate(velocity);
				scheduler.advance(latents, velocity, step, i);
				listener.afterEvaluation(step, predictions);
			}
			listener.afterStep(step);
		}
	}

	private static void negate(final float[] values) {
		for (int i = 0; i < values.length; i++) {
			values[i] = -values[i];
		}
	}
}
