
package io.github.zimagefiji.service;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.request.setting.Setting;
import io.github.zimagefiji.request.setting.Settings;

/**
 * What scripts give by name becomes a request, in whatever types their languages have.
 */
class ScriptRunTest {

	private static final Path BUILT_IN = BuiltInModel.folder();

	private static ScriptRun run(final Map<?, ?> values) {
		return ScriptRun.of(values);
	}

	@Test
	void nothingGivenIsAsTheModelNeedsIt() {
		final ScriptRun run = run(Map.of());
		assertEquals(BUILT_IN, run.model());
		assertEquals(ComputeOptions.AUTO, run.compute());
		assertEquals(TextToImageRequest.builder("").build(), run.request());
		final Map<String, Object> nulls = new HashMap<>();
		for (final String name : List.of("prompt", "model", "width", "steps", "guidance", "seed",
			"sigmas", "keep"))
			nulls.put(name, null);
		assertEquals(run, run(nulls));
		assertEquals(run, run(Map.of("model", " ")), "an empty field of a dialog");
	}

	@Test
	void everyValueArrives() {
		final Map<String, Object> values = new HashMap<>();
		values.put("prompt", new StringBuilder("three nuclei"));
		values.put("negative_prompt", "blur");
		values.put("model", new File("models/Turbo"));
		values.put("width", 64L);
		values.put("height", BigInteger.valueOf(48));
		values.put("guidance", new BigDecimal("2.5"));
		values.put("seed", "9000000000");
		values.put("count", 4.0);
		values.put("cfg_normalization", 1);
		values.put("cfg_truncation", 0.5f);
		values.put("sigmas", Arrays.asList(1, 0.5));
		values.put("max_tokens", (short) 77);
		values.put("precision", "bfloat16");
		values.put("device", "cuda:1");
		values.put("threads", 3);
		values.put("keep", 5);
		final ScriptRun run = run(values);
		assertEquals(Path.of("models/Turbo"), run.model());
		assertEquals(new ComputeOptions("cuda:1", Precision.BFLOAT16, 3), run.compute());
		assertEquals(TextToImageRequest.builder("three nuclei").negativePrompt("blur").size(64, 48)
			.guidance(2.5).seed(9000000000L).count(4).cfgNormalization(1).cfgTruncation(0.5)
			.sigmas(List.of(1.0, 0.5)).maxTokens(77).build(), run.request());
		assertEquals(5, run.keep());
		assertEquals(12, run(Map.of("steps", 12)).request().text().steps());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "promt|x|There is no value \"promt\". The values are: prompt, negative_prompt",
			"width|wide|must be a number", "width|100|The nearest is 96",
			"steps|2.5|must be a whole number", "seed|1e40|too large", "seed|1e999999999|too large",
			"seed|-1|must be 0 or more", "steps|9999999999|too large", "guidance|NaN|must be a number",
			"precision|float16|Use float32", "device|tpu|Use cpu", "sigmas|0.5|list of numbers",
			"count|0|between 1 and 10000" })
	void whatCannotBeUsedIsRefusedWithASentence(final String name, final String value,
		final String sentence)
	{
		assertRefused(() -> run(Map.of(name, value)), sentence);
	}

	@Test
	void valuesOfTheWrongKindAreRefused() {
		for (final Map<?, ?> values : List.of(Map.of("width", true), Map.of("model", 7),
			Map.of("sigmas", List.of("x")), Map.of(5, "x"), Collections.singletonMap(null, "x")))
			assertThrows(InvalidInputException.class, () -> run(values), values.toString());
	}

	@Test
	void namesOfTheDialogsAndTheCommandLineAreUnderstood() {
		final ScriptRun run = run(Map.of("negative_prompt", "blur", "count", 2));
		for (final String name : List.of("avoid", "negative"))
			assertEquals(run, run(Map.of(name, "blur", "image_count", 2)));
		assertRefused(() -> run(Map.of("avoid", "blur", "negative_prompt", "blur")),
			"negative_prompt is given twice");
	}

	/** The check by itself is the one that a request makes. */
	@Test
	void everySettingChecksItsDefault() {
		for (final Setting<?> each : Settings.TEXT)
			checkInitial(each);
		for (final Task task : Task.values())
			Settings.of(task).forEach(ScriptRunTest::checkInitial);
		final Setting<Integer> tile = Settings.TILE;
		assertThrows(InvalidInputException.class, () -> tile.check().accept(-5));
		assertThrows(InvalidInputException.class, () -> Settings.STRENGTH.check().accept(0.0));
		assertThrows(InvalidInputException.class, () -> Settings.STEPS.check().accept(0));
	}

	private static <T> void checkInitial(final Setting<T> setting) {
		if (setting.initial() != null) setting.check().accept(setting.initial());
	}
}
