
package io.github.zimagefiji.pipeline.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zimagefiji.model.folder.SchedulerConfig;

/**
 * The noise levels of one run, computed in float32 in the order of the reference
 * (scheduling_flow_match_euler_discrete.py and pipeline_z_image.py, where 8 steps are 8
 * evaluations).
 */
public final class Schedule {

	private final SchedulerConfig config;
	private final float[] sigmas;

	private Schedule(final SchedulerConfig config, final float[] shifted) {
		this.config = config;
		sigmas = Arrays.copyOf(shifted, shifted.length + 1);
	}

	/**
	 * The usual noise levels.
	 *
	 * @param steps number of steps
	 * @param imageTokens patches of the image, for a dynamic shift
	 */
	public static Schedule ofSteps(final SchedulerConfig config, final int steps,
		final int imageTokens)
	{
		return of(config, defaultSigmas(steps), imageTokens);
	}

	/**
	 * Chosen noise levels.
	 *
	 * @param unshifted decreasing levels in (0, 1]; the scheduler's shift is applied to them, as in
	 *          the reference
	 * @param imageTokens patches of the image, for a dynamic shift
	 */
	public static Schedule of(final SchedulerConfig config, final float[] unshifted,
		final int imageTokens)
	{
		final float[] shifted = new float[unshifted.length];
		final float stretch = (float) (config.dynamic() && config.exponential()
			? Math.exp(mu(config, imageTokens)) : mu(config, imageTokens));
		final float shift = (float) config.shift();
		final float less = (float) (config.shift() - 1);
		for (int i = 0; i < shifted.length; i++) {
			final float sigma = unshifted[i];
			shifted[i] = config.dynamic() ? stretch / (stretch + (1f / sigma - 1f))
				: shift * sigma / (1f + less * sigma);
		}
		if (config.terminal() != 0) stretchToTerminal(shifted, (float) (1 - config.terminal()));
		return new Schedule(config, shifted);
	}

	/** The same for levels as a request has them. */
	public static Schedule of(final SchedulerConfig config, final List<Double> unshifted,
		final int imageTokens)
	{
		final float[] levels = new float[unshifted.size()];
		for (int i = 0; i < levels.length; i++) {
			levels[i] = unshifted.get(i).floatValue();
		}
		return of(config, levels, imageTokens);
	}

	/**
	 * {@code torch.linspace(1, 1 / steps, steps)}: from both ends towards the middle, each level
	 * rounded once, because PyTorch's compiled kernel multiplies and adds in one instruction.
	 */
	static float[] defaultSigmas(final int steps) {
		final float[] result = new float[steps];
		final float last = (float) (1.0 / steps);
		final float step = steps == 1 ? 0 : (last - 1f) / (steps - 1);
		for (int i = 0; i < steps; i++) {
			result[i] =
				i < steps / 2 || steps == 1 ? Math.fma(step, i, 1f) : Math.fma(-step, steps - 1 - i, last);
		}
		return result;
	}

	/** The dynamic shift of an image's size ({@code calculate_shift}). */
	static double mu(final SchedulerConfig config, final int imageTokens) {
		final double slope =
			(config.maxShift() - config.baseShift()) / (config.maxTokens() - config.baseTokens());
		return imageTokens * slope + (config.baseShift() - slope * config.baseTokens());
	}

	private static void stretchToTerminal(final float[] sigmas, final float range) {
		final float factor = (1f - sigmas[sigmas.length - 1]) / range;
		for (int i = 0; i < sigmas.length; i++) {
			sigmas[i] = 1f - (1f - sigmas[i]) / factor;
		}
	}

	/** Number of steps. */
	public int steps() {
		return sigmas.length - 1;
	}

	/** Noise level before a step; that after the last step is 0. */
	public float sigma(final int step) {
		return sigmas[step];
	}

	/** All noise levels, the final 0 included. */
	public List<Double> sigmas() {
		final List<Double> result = new ArrayList<>();
		for (final float sigma : sigmas) {
			result.add((double) sigma);
		}
		return result;
	}

	/** The training timestep of a step, 1000 for pure noise. */
	public float timestep(final int step) {
		return sigmas[step] * config.trainingSteps();
	}

	/**
	 * The time that the transformer is told at a noise level: 0 for pure noise, towards 1 for an
	 * image.
	 */
	public float modelTime(final int step) {
		return (1000f - timestep(step)) / 1000f;
	}

	/** The rest of this schedule from a step on, which becomes its first. */
	public Schedule from(final int step) {
		return new Schedule(config, Arrays.copyOfRange(sigmas, step, steps()));
	}

	/**
	 * This schedule of one step with a lower noise level: {@code factor} times its own.
	 */
	Schedule lowered(final double factor) {
		return new Schedule(config, new float[] { (float) (sigmas[0] * factor) });
	}

	/**
	 * An image's latents as noisy as they are before a step ({@code scale_noise}); clean after the
	 * last.
	 */
	public float[] noised(final float[] image, final float[] noise, final int step) {
		final float sigma = sigmas[step];
		final float[] result = new float[image.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = sigma * noise[i] + (1f - sigma) * image[i];
		}
		return result;
	}

	/**
	 * The clean image to which a step points: the straight line from the latents before it to those
	 * after it meets noise level 0 there.
	 *
	 * @param before latents before the step
	 * @param after latents after it
	 */
	float[] predictedClean(final float[] before, final float[] after, final int step) {
		final float way = sigmas[step] - sigmas[step + 1];
		if (way == 0) return after.clone();
		final float times = sigmas[step] / way;
		final float[] clean = new float[before.length];
		for (int i = 0; i < clean.length; i++) {
			clean[i] = before[i] + times * (after[i] - before[i]);
		}
		return clean;
	}
}
