
package io.github.zimagefiji.model.folder;

import java.nio.file.Path;

import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;

/**
 * How the noise levels of a flow-match Euler sampler are spaced.
 *
 * @param trainingSteps timesteps for a noise level of 1
 * @param shift static shift towards high noise; used unless {@code dynamic}
 * @param dynamic whether the shift follows from the image's size
 * @param exponential whether a dynamic shift is exponential, else linear
 * @param baseTokens image tokens with {@code baseShift}
 * @param maxTokens image tokens with {@code maxShift}
 * @param baseShift dynamic shift at {@code baseTokens}
 * @param maxShift dynamic shift at {@code maxTokens}
 * @param terminal noise level that the last step is stretched to; 0 for none
 */
public record SchedulerConfig(int trainingSteps, double shift, boolean dynamic, boolean exponential,
		int baseTokens, int maxTokens, double baseShift, double maxShift, double terminal)
{

	/**
	 * Reads {@code scheduler/scheduler_config.json}.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not a scheduler that this
	 *           program has
	 */
	public static SchedulerConfig read(final Path file) {
		final Fields config = ConfigFile.read(file);
		ConfigFile.only(config, "_class_name", "\"FlowMatchEulerDiscreteScheduler\"");
		ConfigFile.only(config, "use_karras_sigmas", "false");
		ConfigFile.only(config, "use_exponential_sigmas", "false");
		ConfigFile.only(config, "use_beta_sigmas", "false");
		ConfigFile.only(config, "invert_sigmas", "false");
		ConfigFile.only(config, "stochastic_sampling", "false");
		final String type =
			ConfigFile.word(config, "time_shift_type", "exponential", "exponential", "linear");
		final SchedulerConfig result =
			new SchedulerConfig(config.integer("num_train_timesteps", 1, 1_000_000),
				config.number("shift", 1), config.flag("use_dynamic_shifting", false),
				"exponential".equals(type), tokens(config, "base_image_seq_len", 256),
				tokens(config, "max_image_seq_len", 4096), config.number("base_shift", 0.5),
				config.number("max_shift", 1.15), config.number("shift_terminal", 0));
		if (!(result.shift > 0)) throw config.problem("shift", "must be above 0");
		if (result.maxTokens <= result.baseTokens) throw config.problem("max_image_seq_len",
			"must be above base_image_seq_len (" + result.baseTokens + ")");
		if (result.terminal < 0 || result.terminal >= 1)
			throw config.problem("shift_terminal", "must be at least 0 and below 1");
		ConfigFile.refuseUnknown(config);
		return result;
	}

	/** The static shift of Z-Image's models, with nothing else. */
	static SchedulerConfig withShift(final double shift) {
		return new SchedulerConfig(1000, shift, false, true, 256, 4096, 0.5, 1.15, 0);
	}

	private static int tokens(final Fields config, final String key, final int ifMissing) {
		return config.has(key) ? config.integer(key, 1, 1 << 24) : ifMissing;
	}
}
