
package io.github.zimagefiji.command.scijava;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;

import ij.Macro;
import io.github.zimagefiji.command.ScijavaFixture;
import io.github.zimagefiji.command.TextToImage;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;

/** What a macro's options become, on a thread as ImageJ runs macros. */
class MacroPreprocessorTest extends ScijavaFixture {

	/**
	 * The command after {@link MacroPreprocessor}; and the options that Fiji's own preprocessor would
	 * see.
	 */
	private record Outcome(Module module, String problem, String visible, String after) {}

	private Outcome prepare(final String options, final Object... resolved) {
		final AtomicReference<Outcome> outcome = new AtomicReference<>();
		final Thread macro = new Thread(() -> {
			final Module module = context.service(ModuleService.class)
				.createModule(context.service(CommandService.class).getCommand(TextToImage.class));
			for (int i = 0; i < resolved.length; i += 2) {
				module.setInput((String) resolved[i], resolved[i + 1]);
				module.resolveInput((String) resolved[i]);
			}
			Macro.setOptions(options);
			final String problem = problem(module);
			final String visible = Macro.getOptions();
			processor(MacroOptionsRestorer.class).process(module);
			outcome.set(new Outcome(module, problem, visible, Macro.getOptions()));
			Macro.setOptions(null);
		}, "Run$_MacroTest");
		macro.start();
		try {
			macro.join();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
		assertNotNull(outcome.get(), "the thread failed");
		return outcome.get();
	}

	/** Nobody would read a message here, so the macro ends with an error. */
	private String problem(final Module module) {
		try {
			processor(MacroPreprocessor.class).process(module);
			return null;
		}
		catch (final InvalidInputException e) {
			return e.getMessage();
		}
	}

	private <P extends PreprocessorPlugin> P processor(final Class<P> type) {
		return type
			.cast(context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class)
				.stream().filter(type::isInstance).findFirst().orElseThrow());
	}

	@Test
	void givesEveryNamedValueAndLeavesTheOthersAtTheirDefaults() {
		final Outcome outcome = prepare(
			"model_folder=[/models/Z Image] prompt=[nuclei seed=7 steps=3] width=256 guidance=2.5");
		assertNull(outcome.problem);
		assertEquals(new File("/models/Z Image"), outcome.module.getInput("model_folder"));
		assertEquals("nuclei seed=7 steps=3", outcome.module.getInput("prompt"));
		assertEquals(256, outcome.module.getInput("width"));
		assertEquals(2.5, outcome.module.getInput("guidance"));
		assertEquals(-1L, outcome.module.getInput("seed"));
		assertEquals(0, outcome.module.getInput("steps"));
		for (final String name : new String[] { "seed", "steps", "avoid", "precision" }) {
			assertTrue(outcome.module.isInputResolved(name), name);
		}
	}

	@Test
	void takesAModelByItsNameOrByItsFolder() {
		final Outcome named = prepare("model=[" + BuiltInModel.NAME + "] prompt=cells");
		assertNull(named.problem);
		assertEquals(new ModelName(BuiltInModel.NAME), named.module.getInput("model"));
		assertNull(named.module.getInput("model_folder"));
		final Outcome emptied = prepare("model_folder=[] prompt=cells");
		assertNull(emptied.problem);
		assertNull(emptied.module.getInput("model_folder"));
	}

	@Test
	void leavesNothingForADialogToAsk() {
		final Outcome outcome = prepare("prompt=cells");
		MacroKeys.values(outcome.module).keySet()
			.forEach(name -> assertTrue(outcome.module.isInputResolved(name), name));
	}

	@Test
	void hidesTheOptionsFromFijisPreprocessorAndThenGivesTheThreadBack() {
		final Outcome outcome = prepare("prompt=[nuclei seed=7]");
		assertNull(Macro.getValue(outcome.visible, "seed", null));
		assertNull(outcome.after);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "promt=x|Did you mean prompt?", "guidence=1|Did you mean guidance?",
			"model_fodler=/x|Did you mean model_folder?", "precision=float16|Did you mean bfloat16?",
			"width=100|nearest is 96", "height=8|multiple of 16", "steps=1001|between 1 and 1000",
			"guidance=200|between 0.0 and 100.0", "seed=-7|0 or more", "image_count=0|number of images",
			"device=gpu|cuda:0", "threads=-1|number of threads", "size=Custom|does not have",
			"randomize|does not have", "estimate=x|does not have", "negative=x|avoid",
			"width=wide|whole number", "width=25.5|whole number", "steps=9999999999|whole number",
			"guidance=NaN|must be a number", "precision=float16|float32", "zimage=x|does not have",
			"image=x|does not have", "seed=1 seed=2|twice", "prompt=[x|never closed" })
	void refusesWithASentence(final String options, final String part) {
		final Outcome outcome = prepare(options);
		assertNotNull(outcome.problem);
		assertTrue(outcome.problem.contains(part), outcome.problem);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a [b", "it's \"quoted\" \\ back", "三个细胞核", "line\nbreak", "key=[x] y" })
	void anyPromptArrives(final String prompt) {
		final Outcome outcome = prepare("prompt=[" + prompt + "] seed=5");
		assertNull(outcome.problem);
		assertEquals(prompt, outcome.module.getInput("prompt"));
		assertEquals(5L, outcome.module.getInput("seed"));
	}

	@Test
	void leavesAProgramsOwnValuesAlone() {
		final Outcome outcome = prepare("someone=[else's options]", "prompt", "given by a script");
		assertNull(outcome.problem);
		assertEquals("given by a script", outcome.module.getInput("prompt"));
		assertFalse(outcome.module.isInputResolved("seed"));
	}

	@Test
	void doesNothingOutsideMacros() {
		final Outcome outcome = prepare(null);
		assertFalse(outcome.module.isInputResolved("prompt"));
	}
}
