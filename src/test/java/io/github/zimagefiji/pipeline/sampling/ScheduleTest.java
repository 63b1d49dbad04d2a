
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.model.folder.SchedulerConfig;

/**
 * Noise levels agree to the last bit, so that the order and the precision of each operation count.
 */
class ScheduleTest {

	private static final double EXACT = 0;

	@TempDir
	Path folder;

	@Test
	void noiseLevelsAgreeWithTheReferenceForEveryShiftSizeAndStepCount() throws IOException {
		int compared = 0;
		for (final JsonElement element : JsonParser.parseString(Golden.text("golden/schedules.json"))
			.getAsJsonArray())
		{
			final JsonObject expected = element.getAsJsonObject();
			final SchedulerConfig config = config(expected.getAsJsonObject("scheduler"));
			final int tokens =
				expected.has("image_seq_len") ? expected.get("image_seq_len").getAsInt() : 4096;
			final Schedule schedule = schedule(config, expected, tokens);
			compare(expected, config, schedule, tokens);
			compared++;
		}
		assertTrue(compared > 20, "schedules compared: " + compared);
	}

	@Test
	void aDynamicShiftIsRoundedOnceBehindTheExponential() {
		final SchedulerConfig config =
			new SchedulerConfig(1000, 3, true, true, 256, 4096, 0.5, 1.15, 0);
		for (int tokens = 256; tokens <= 16384; tokens += 16) {
			final float stretch = (float) Math.exp(Schedule.mu(config, tokens));
			assertEquals(stretch / (stretch + 1f),
				Schedule.of(config, new float[] { 0.5f }, tokens).sigma(0));
		}
	}

	private static Schedule schedule(final SchedulerConfig config, final JsonObject expected,
		final int tokens)
	{
		final int steps = expected.get("steps").getAsInt();
		// Before diffusers' PR 13730 the levels ended at 0, so that the last step
		// did nothing.
		if (!expected.has("default_sigmas")) return Schedule.of(config,
			new float[] { 1, 0.875f, 0.75f, 0.625f, 0.5f, 0.375f, 0.25f, 0.125f, 0 }, tokens);
		final float[] unshifted = floats(expected.getAsJsonArray("default_sigmas"));
		if (expected.has("note")) return Schedule.of(config, unshifted, tokens);
		Parity.record("schedules", label(expected) + " default sigmas", "absolute",
			Parity.absolute(unshifted, Schedule.defaultSigmas(steps)), EXACT);
		return Schedule.ofSteps(config, steps, tokens);
	}

	private static void compare(final JsonObject expected, final SchedulerConfig config,
		final Schedule schedule, final int tokens)
	{
		final float[] sigmas = floats(expected.getAsJsonArray("sigmas"));
		assertEquals(sigmas.length - 1, schedule.steps());
		final float[] actual = new float[sigmas.length];
		final float[] timesteps = new float[schedule.steps()];
		final float[] times = new float[schedule.steps()];
		for (int i = 0; i < sigmas.length; i++) {
			actual[i] = schedule.sigma(i);
		}
		for (int i = 0; i < timesteps.length; i++) {
			timesteps[i] = schedule.timestep(i);
			times[i] = schedule.modelTime(i);
		}
		Parity.record("schedules", label(expected) + " sigmas", "absolute",
			Parity.absolute(sigmas, actual), EXACT);
		Parity.record("schedules", label(expected) + " timesteps", "absolute",
			Parity.absolute(floats(expected.getAsJsonArray("timesteps")), timesteps), EXACT);
		if (expected.has("t_model")) Parity.record("schedules", label(expected) + " model time",
			"absolute", Parity.absolute(floats(expected.getAsJsonArray("t_model")), times), EXACT);
		if (expected.has("mu"))
			assertEquals(expected.get("mu").getAsDouble(), Schedule.mu(config, tokens), 1e-12);
	}

	private static String label(final JsonObject expected) {
		final String size = expected.has("width")
			? " " + expected.get("width").getAsInt() + "×" + expected.get("height").getAsInt() : "";
		return expected.get("config").getAsString() + size + ", " + expected.get("steps").getAsInt() +
			" steps,";
	}

	private SchedulerConfig config(final JsonObject settings) throws IOException {
		final JsonObject full = settings.deepCopy();
		full.addProperty("_class_name", "FlowMatchEulerDiscreteScheduler");
		full.addProperty("num_train_timesteps", 1000);
		final Path file = folder.resolve("scheduler_config.json");
		Files.writeString(file, full.toString());
		return SchedulerConfig.read(file);
	}

	private static float[] floats(final JsonArray array) {
		final float[] values = new float[array.size()];
		for (int i = 0; i < values.length; i++) {
			values[i] = array.get(i).getAsFloat();
		}
		return values;
	}
}
