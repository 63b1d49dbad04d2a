
package io.github.zimagefiji.pipeline.sampling;

import io.github.zimagefiji.request.Sampler;

/**
 * Takes the latents of one image down the noise levels of a schedule: it says how often the network
 * is evaluated, and what the velocities that it predicts do to the latents. What it remembers from
 * one evaluation to the next is that image's, so each image has its own.
 */
public interface Scheduler {

	/**
	 * A scheduler for one image.
	 *
	 * @param schedule the noise levels that are run
	 */
	static Scheduler of(final Sampler sampler, final Schedule schedule) {
		return switch (sampler) {
			case EULER -> new EulerScheduler(schedule);
			case HEUN -> new HeunScheduler(schedule);
		};
	}

	/** The noise levels: step {@code i} leads from level {@code i} to level {@code i + 1}. */
	Schedule schedule();

	/**
	 * Evaluations of the network in a step, at least 1. The first sees the latents at the noise level
	 * before the step, each further one at the level after it.
	 *
	 * @param step from 0
	 */
	int evaluations(int step);

	/**
	 * Moves the latents to the noise level after a step, in place; a further evaluation of the same
	 * step improves on where the one before it led.
	 *
	 * @param latents of the image, as they were evaluated
	 * @param velocity the change of the latents with the noise level, which was predicted for them
	 * @param step from 0
	 * @param evaluation within the step, from 0
	 */
	void advance(float[] latents, float[] velocity, int step, int evaluation);

	/** The time that the transformer is told in an evaluation, 0 (noise) to 1 (image). */
	default float modelTime(final int step, final int evaluation) {
		return schedule().modelTime(evaluation == 0 ? step : step + 1);
	}
}
