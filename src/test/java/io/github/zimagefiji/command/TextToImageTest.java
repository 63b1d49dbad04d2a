
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;

import ij.ImagePlus;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.ReferenceRun;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.provenance.ProvenanceText;

/** The command in a real SciJava context, with a real run of a tiny model. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class TextToImageTest extends ScijavaFixture {

	private CommandService commands;

	@BeforeEach
	void prepare() {
		commands = context.service(CommandService.class);
	}

	/** The reference's run, with some values changed. */
	private static Map<String, Object> reference(final Object... changes) {
		final Map<String, Object> inputs = new HashMap<>();
		inputs.put("model_folder", Golden.model().toString());
		inputs.put("prompt", ReferenceRun.PROMPT);
		inputs.put("width", ReferenceRun.WIDTH);
		inputs.put("height", ReferenceRun.HEIGHT);
		inputs.put("seed", ReferenceRun.SEED);
		inputs.put("precision", "float32");
		inputs.put("device", "cpu");
		for (int i = 0; i < changes.length; i += 2) {
			inputs.put((String) changes[i], changes[i + 1]);
		}
		return inputs;
	}

	private CommandModule run(final Map<String, Object> inputs)
		throws InterruptedException, ExecutionException
	{
		return commands.run(TextToImage.class, true, inputs).get();
	}

	private static List<Provenance> provenance(final CommandModule module) {
		return ProvenanceText.read(((ImagePlus) module.getOutput("image")).getInfoProperty());
	}

	@Test
	void makesTheReferencesImage() throws Exception {
		final ImagePlus image = (ImagePlus) run(reference()).getOutput("image");
		assertEquals(ReferenceRun.WIDTH, image.getWidth());
		assertEquals(ReferenceRun.HEIGHT, image.getHeight());
		ReferenceRun.assertImage("the command", image.getBufferedImage());
	}

	@Test
	void withoutAModelTheBuiltInOneIsUsedAtItsOwnSize() throws Exception {
		final CommandModule module = run(Map.of("prompt", "two round red nuclei", "seed", 5L));
		final Provenance provenance = provenance(module).get(0);
		assertEquals(BuiltInModel.NAME, provenance.model().name());
		assertEquals(128, ((ImagePlus) module.getOutput("image")).getWidth());
		assertEquals(16, provenance.request().steps());
		assertEquals("float32", provenance.precision());
	}

	@Test
	void aPromptBeyondTheBuiltInModelsVocabularyGetsAHintInTheLog() throws Exception {
		final List<String> lines = new CopyOnWriteArrayList<>();
		context.service(LogService.class).addLogListener(message -> lines.add(message.text()));
		run(Map.of("prompt", "an astronaut", "steps", 1));
		assertTrue(lines.stream().anyMatch(line -> line.contains("does not know \"astronaut\"")),
			lines.toString());
	}

	@Test
	void saysWhereTheImageComesFrom() throws Exception {
		final Provenance provenance = provenance(run(reference())).get(0);
		assertEquals(ReferenceRun.PROMPT, provenance.request().prompt());
		assertEquals(ReferenceRun.SEED, provenance.request().seed());
		assertEquals(8, provenance.request().steps());
		assertEquals(0.0, provenance.request().guidance());
		assertEquals("float32", provenance.precision());
	}

	@Test
	void stacksSeveralImages() throws Exception {
		final CommandModule module = run(reference("image_count", 3, "steps", 1));
		assertEquals(3, ((ImagePlus) module.getOutput("image")).getStackSize());
		assertEquals(List.of(43L, 44L, 45L),
			provenance(module).stream().map(p -> p.request().seed()).toList());
	}

	@Test
	void passesGuidanceAndWhatToAvoidOn() throws Exception {
		final Provenance provenance =
			provenance(run(reference("guidance", 2.5, "avoid", "blurry", "steps", 1))).get(0);
		assertEquals(2.5, provenance.request().guidance());
		assertEquals("blurry", provenance.request().negativePrompt());
	}

	@Test
	void drawsANewSeedForEachCall() throws Exception {
		final Map<String, Object> inputs = reference("width", 16, "height", 16, "steps", 1);
		inputs.remove("seed");
		final long first = provenance(run(inputs)).get(0).request().seed();
		final CommandModule second = run(inputs);
		assertNotEquals(first, provenance(second).get(0).request().seed());
		assertEquals(second.getInput("seed"), provenance(second).get(0).request().seed(),
			"the seed is recorded as used");
	}

	@Test
	void forgetsWhatShapesTheImageAndKeepsTheModel() throws Exception {
		run(reference("width", 16, "height", 16, "steps", 1, "avoid", "blurry"));
		final CommandModule second = run(Map.of("width", 16, "height", 16, "precision", "float32"));
		final Provenance provenance = provenance(second).get(0);
		assertEquals(ReferenceRun.PROMPT, provenance.request().prompt());
		assertEquals(8, provenance.request().steps());
		assertEquals("", provenance.request().negativePrompt());
	}

	@ParameterizedTest
	@CsvSource({ "width, 100, nearest is 96", "height, -5, nearest is 16",
		"steps, -3, between 1 and 1000", "guidance, -2, guidance", "seed, -7, 0 or more",
		"image_count, 0, number of images", "precision, float8, bfloat16", "device, gpu, cuda:0",
		"threads, -1, number of threads" })
	void refusesAValueWithASentence(final String name, final String value, final String words) {
		final Exception failure = assertThrows(Exception.class, () -> run(reference(name, value)));
		assertTrue(failure.getMessage().contains(words), failure.getMessage());
	}

	@Test
	void refusesAFolderThatIsNoModel() {
		assertTrue(rootMessage(reference("model_folder", "absent")).contains("absent"));
	}

	private String rootMessage(final Map<String, Object> inputs) {
		Throwable failure = assertThrows(ExecutionException.class, () -> run(inputs));
		while (failure.getCause() != null && !(failure instanceof InvalidInputException)) {
			failure = failure.getCause();
		}
		return failure.getMessage();
	}
}
