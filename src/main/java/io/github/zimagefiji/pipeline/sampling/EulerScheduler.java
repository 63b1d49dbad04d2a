
package io.github.zimagefiji.pipeline.sampling;

/**
 * One evaluation a step, along the velocity that it gives
 * (scheduling_flow_match_euler_discrete.py).
 */
record EulerScheduler(Schedule schedule) implements Scheduler {

	@Override
	public int evaluations(final int step) {
		return 1;
	}

	/** {@code latents += (sigma[step + 1] - sigma[step]) velocity}. */
	@Override
	public void advance(final float[] latents, final float[] velocity, final int step,
		final int evaluation)
	{
		final float dt = schedule.sigma(step + 1) - schedule.sigma(step);
		for (int i = 0; i < latents.length; i++) {
			latents[i] += dt * velocity[i];
		}
	}
}
