
package io.github.zimagefiji.pipeline.sampling;

/**
 * Heun's method: the second evaluation of a step looks from where the first one led, and the step
 * is done along the mean of both; the last step, to noise level 0, has one. The operations and
 * their order in float32 are those of {@code step} in scheduling_flow_match_heun_discrete.py,
 * without its added noise; the noise levels are the model's.
 */
final class HeunScheduler implements Scheduler {

	private final Schedule schedule;
	private float[] start = {};
	private float[] derivative = {};

	HeunScheduler(final Schedule schedule) {
		this.schedule = schedule;
	}

	@Override
	public Schedule schedule() {
		return schedule;
	}

	@Override
	public int evaluations(final int step) {
		return step == schedule.steps() - 1 ? 1 : 2;
	}

	@Override
	public void advance(final float[] latents, final float[] velocity, final int step,
		final int evaluation)
	{
		final float dt = schedule.sigma(step + 1) - schedule.sigma(step);
		final float[] here = derivative(latents, velocity, schedule.sigma(step + evaluation));
		if (evaluation == 0) {
			start = latents.clone();
			derivative = here;
		}
		else for (int i = 0; i < here.length; i++)
			here[i] = 0.5f * (derivative[i] + here[i]);
		for (int i = 0; i < latents.length; i++)
			latents[i] = start[i] + here[i] * dt;
	}

	/** By way of the clean image to which the velocity points. */
	private static float[] derivative(final float[] latents, final float[] velocity,
		final float sigma)
	{
		final float[] result = new float[latents.length];
		for (int i = 0; i < result.length; i++) {
			final float clean = latents[i] - velocity[i] * sigma;
			result[i] = (latents[i] - clean) / sigma;
		}
		return result;
	}
}
