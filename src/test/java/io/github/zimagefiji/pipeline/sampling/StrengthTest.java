
package io.github.zimagefiji.pipeline.sampling;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.model.folder.SchedulerConfig;

/**
 * The expected numbers are those of get_timesteps in pipeline_z_image_img2img.py, called with these
 * arguments.
 */
class StrengthTest {

	private final SchedulerConfig scheduler =
		SchedulerConfig.read(Golden.path("model/scheduler/scheduler_config.json"));

	@ParameterizedTest
	@CsvSource({ "9, 0.6, 3", "10, 0.6, 4", "10, 0.85, 1", "10, 0.3, 7", "10, 0.7, 3", "5, 1, 0",
		"8, 0.01, 7", "50, 0.58, 21", "28, 0.25, 21", "10, 0.1, 9", "25, 0.28, 18", "100, 0.29, 71",
		"100, 0.55, 44" })
	void theFirstStepIsThatOfTheReference(final int steps, final double strength, final int first) {
		assertEquals(first, new Strength(strength).firstStep(steps));
		final Schedule whole = Schedule.ofSteps(scheduler, steps, 24);
		final Schedule part = new Strength(strength).of(whole);
		assertEquals(steps - first, part.steps());
		assertEquals(whole.sigmas().subList(first, steps + 1), part.sigmas());
		assertEquals(whole.modelTime(first), part.modelTime(0));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY })
	void whatIsNoStrengthIsRefused(final double value) {
		assertRefused(() -> new Strength(value), String.valueOf(value), "at most 1");
	}

	@Test
	void aStrengthThatLeavesNoStepIsRefused() {
		final Schedule whole = Schedule.ofSteps(scheduler, 8, 24);
		assertRefused(() -> new Strength(1e-18).of(whole), "none of 8 steps");
	}
}
