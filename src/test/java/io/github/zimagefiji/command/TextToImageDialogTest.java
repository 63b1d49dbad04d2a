
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;
import org.scijava.object.ObjectService;

import ij.ImagePlus;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.command.common.OpenDialog;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.image.ImageProvenance;

/**
 * The values of the dialog as a person sees them: when it opens, after each change, and at the next
 * time.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class TextToImageDialogTest extends ScijavaFixture {

	@TempDir
	private Path folder;

	private ModuleService modules;

	@BeforeEach
	void prepare() {
		System.setProperty("zimage.models", folder.toString());
		modules = context.service(ModuleService.class);
	}

	@AfterEach
	void stop() {
		System.clearProperty("zimage.models");
	}

	/** OK. */
	private ImagePlus confirm(final Module module) {
		modules.saveInputs(module);
		module.run();
		return (ImagePlus) module.getOutput("image");
	}

	private static String problem(final Module module, final String name) {
		return module.getInfo().getInput(name).validateMessage(module);
	}

	private static String text(final Module module, final String name) {
		return module.getInput(name).toString();
	}

	/** A message without its line breaks. */
	private static String plain(final Module module, final String name) {
		return text(module, name).replace("<br>", " ");
	}

	/**
	 * The reference's tiny model, which is sampled as Turbo, installed under a name.
	 */
	private Path install(final String name) throws IOException {
		return Files.createSymbolicLink(folder.resolve(name), Golden.model());
	}

	@Test
	void opensWithTheBuiltInModelAndItsOwnValues() {
		final Module module = OpenDialog.of(context, TextToImage.class);
		assertEquals(ModelChoice.BUILT_IN, module.getInput("model"));
		assertEquals(16, module.getInput("steps"));
		assertEquals(1.0, module.getInput("guidance"));
		assertEquals(128, module.getInput("width"));
		assertEquals(128, module.getInput("height"));
		assertEquals(SizePreset.OWN, module.getInput("size"));
		assertTrue(text(module, "notice").contains("128 × 128"), text(module, "notice"));
		assertTrue(plain(module, "notice").contains("in English and Chinese."),
			"what it understands: " + plain(module, "notice"));
		assertTrue(text(module, "estimate").contains("are the model's own"), text(module, "estimate"));
		assertTrue(text(module, "estimate").matches(
			"(?s).*Memory: about \\d+ MB .* GB are free.*Time: not known.*"), text(module, "estimate"));
		MacroKeys.values(module).keySet().forEach(name -> assertNull(problem(module, name), name));
	}

	@Test
	void offersTheBuiltInModelThenTheInstalledOnesThenFoldersUsedLately(@TempDir final Path elsewhere)
		throws Exception
	{
		install("z-last");
		install("A first");
		Files.createDirectory(folder.resolve("no model"));
		final Path used = Files.createSymbolicLink(elsewhere.resolve("my model"), Golden.model());
		final Module first = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(first, "model_folder", used.toFile());
		OpenDialog.change(first, "width", 16);
		OpenDialog.change(first, "height", 16);
		confirm(first);
		OpenDialog.of(context, TextToImage.class);
		assertEquals(
			List.of(ModelChoice.BUILT_IN, new ModelName("A first"), new ModelName("z-last"),
				new ModelName(used.toString()), ModelChoice.OTHER),
			context.service(ObjectService.class).getObjects(ModelName.class));
	}

	@Test
	void aModelBringsItsOwnStepsGuidanceAndSize() throws Exception {
		install("Tiny Turbo");
		final Module module = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(module, "model", new ModelName("Tiny Turbo"));
		assertEquals(8, module.getInput("steps"));
		assertEquals(0.0, module.getInput("guidance"));
		assertEquals(1024, module.getInput("width"));
		assertTrue(text(module, "notice").contains("turbo"), text(module, "notice"));
		OpenDialog.change(module, "steps", 9);
		assertTrue(text(module, "estimate").contains("The model's own: 8 steps, guidance 0.0"),
			text(module, "estimate"));
		OpenDialog.change(module, "size", SizePreset.PORTRAIT_3_4);
		OpenDialog.change(module, "model", ModelChoice.BUILT_IN);
		assertEquals(16, module.getInput("steps"));
		assertEquals(768, module.getInput("width"), "a size that was chosen stays");
		assertEquals(1024, module.getInput("height"));
	}

	@Test
	void sizeAndSidesFollowEachOther() throws Exception {
		final Module module = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(module, "size", SizePreset.LANDSCAPE_16_9);
		assertEquals(1280, module.getInput("width"));
		assertEquals(720, module.getInput("height"));
		OpenDialog.change(module, "width", 512);
		assertEquals(SizePreset.CUSTOM, module.getInput("size"));
		OpenDialog.change(module, "height", 512);
		assertEquals(SizePreset.S512, module.getInput("size"));
		OpenDialog.change(module, "size", SizePreset.OWN);
		assertEquals(128, module.getInput("width"));
		OpenDialog.change(module, "width", 100);
		assertTrue(problem(module, "width").contains("nearest is 96"));
		assertTrue(text(module, "estimate").contains("nearest is 96"), text(module, "estimate"));
	}

	@Test
	void everyPresetCanBeUsed() {
		final Module module = OpenDialog.of(context, TextToImage.class);
		final List<?> presets = module.getInfo().getInput("size").getChoices();
		assertTrue(presets.size() > 8);
		for (final Object preset : presets) {
			SizePreset.of(preset.toString()).ifPresent(size -> {
				module.setInput("width", size.width());
				module.setInput("height", size.height());
				assertNull(problem(module, "width"), preset.toString());
				assertNull(problem(module, "height"), preset.toString());
				assertEquals(preset, size.name(16), "a size keeps its name");
			});
		}
	}

	@Test
	void aFolderAndANameExcludeEachOther() throws Exception {
		install("Tiny Turbo");
		final Module module = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(module, "model_folder", Golden.model().toFile());
		assertEquals(ModelChoice.OTHER, module.getInput("model"));
		assertEquals(8, module.getInput("steps"));
		OpenDialog.change(module, "model_folder", new File("/no/such/folder"));
		assertTrue(problem(module, "model_folder").contains("There is no folder"),
			problem(module, "model_folder"));
		assertTrue(text(module, "notice").contains("There is no folder"), text(module, "notice"));
		OpenDialog.change(module, "model_folder", new File(""));
		assertTrue(problem(module, "model_folder").contains("Choose the model's folder"));
		OpenDialog.change(module, "model", new ModelName("Tiny Turbo"));
		assertNull(module.getInput("model_folder"));
		assertNull(problem(module, "model_folder"));
	}

	@Test
	void aModelThatVanishedSinceTheLastUseIsNamedAndTheBuiltInOneChosen() throws Exception {
		final Path model = install("Tiny Turbo");
		final Module first = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(first, "model", new ModelName("Tiny Turbo"));
		OpenDialog.change(first, "width", 16);
		OpenDialog.change(first, "height", 16);
		confirm(first);
		assertEquals(new ModelName("Tiny Turbo"),
			OpenDialog.of(context, TextToImage.class).getInput("model"), "remembered");
		Files.delete(model);
		final Module module = OpenDialog.of(context, TextToImage.class);
		assertTrue(text(module, "notice").contains("Tiny Turbo, is no longer there"),
			text(module, "notice"));
		assertEquals(ModelChoice.BUILT_IN, module.getInput("model"));
		assertEquals(16, module.getInput("steps"));
	}

	@Test
	void aScriptThatCountsOnAModelThatVanishedIsStoppedWithASentence() throws Exception {
		final Path model = install("Tiny Turbo");
		final CommandService commands = context.service(CommandService.class);
		commands
			.run(TextToImage.class, true, "model", "Tiny Turbo", "width", 16, "height", 16, "steps", 1)
			.get();
		Files.move(model, folder.resolve("Tiny Turbos"));
		Throwable failure = assertThrows(ExecutionException.class,
			() -> commands.run(TextToImage.class, true, "prompt", "x").get());
		while (!(failure instanceof InvalidInputException)) {
			failure = failure.getCause();
		}
		assertTrue(failure.getMessage().contains("\"Tiny Turbo\"") &&
			failure.getMessage().contains("Did you mean Tiny Turbos?"), failure.getMessage());
	}

	@Test
	void aFolderThatVanishedIsNamedToo(@TempDir final Path elsewhere) throws Exception {
		final Path used = Files.createSymbolicLink(elsewhere.resolve("my model"), Golden.model());
		final Module first = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(first, "model_folder", used.toFile());
		OpenDialog.change(first, "width", 16);
		OpenDialog.change(first, "height", 16);
		confirm(first);
		Files.delete(used);
		final Module module = OpenDialog.of(context, TextToImage.class);
		assertTrue(plain(module, "notice").contains("my model, is no longer there"),
			text(module, "notice"));
		assertEquals(ModelChoice.BUILT_IN, module.getInput("model"));
	}

	@Test
	void eachOpeningShowsANewSeedAndTheOneShownIsUsed() {
		final Module first = OpenDialog.of(context, TextToImage.class);
		final Object seed = first.getInput("seed");
		first.setInput("steps", 1);
		assertEquals(seed, ImageProvenance.of(confirm(first)).orElseThrow().request().seed());
		assertNotEquals(seed, OpenDialog.of(context, TextToImage.class).getInput("seed"));
	}

	@Test
	void aSeedThatIsTypedStaysUntilANewOneIsWantedEachTime() throws Exception {
		final Module first = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(first, "seed", 7L);
		assertEquals(false, first.getInput("randomize"));
		first.setInput("steps", 1);
		confirm(first);
		final Module second = OpenDialog.of(context, TextToImage.class);
		assertEquals(7L, second.getInput("seed"));
		OpenDialog.change(second, "randomize", true);
		assertNotEquals(7L, second.getInput("seed"));
		second.setInput("steps", 1);
		confirm(second);
		assertNotEquals(second.getInput("seed"),
			OpenDialog.of(context, TextToImage.class).getInput("seed"));
	}

	@Test
	void theTimeIsToldOnceARunWasMeasured() throws Exception {
		final Module first = OpenDialog.of(context, TextToImage.class);
		assertTrue(text(first, "estimate").contains("Time: not known"), text(first, "estimate"));
		confirm(first);
		final Module second = OpenDialog.of(context, TextToImage.class);
		assertTrue(text(second, "estimate").matches(
			"(?s).*Time: about [\\d.]+ (s|min), as fast as the last run.*"), text(second, "estimate"));
		OpenDialog.change(second, "threads", 2);
		assertTrue(text(second, "estimate").contains("Time: not known"),
			"other options, another speed");
	}

	@Test
	void saysWhatTheBuiltInModelDoesNotUnderstandWhileItIsTyped() throws Exception {
		final Module module = OpenDialog.of(context, TextToImage.class);
		OpenDialog.change(module, "prompt", "an astronaut");
		assertTrue(text(module, "notice").contains("\"astronaut\""), text(module, "notice"));
		OpenDialog.change(module, "prompt", "two round red nuclei");
		assertFalse(text(module, "notice").contains("astronaut"));
	}

	@Test
	void aWordThatIsBeingTypedIsNotJudgedWhileItMayBecomeOneThatIsKnown() throws Exception {
		final Module module = OpenDialog.of(context, TextToImage.class);
		final String prompt = "two round red nuclei";
		final String before = text(module, "notice");
		final String estimate = text(module, "estimate");
		for (int end = 1; end <= prompt.length(); end++) {
			OpenDialog.change(module, "prompt", prompt.substring(0, end));
			assertEquals(before, text(module, "notice"));
			assertEquals(estimate, text(module, "estimate"), "nothing changes by itself");
		}
		OpenDialog.change(module, "prompt", "two nucl ");
		assertTrue(text(module, "notice").contains("\"nucl\""), "a finished word");
	}

	@Test
	void messagesNeverWidenOrLengthenTheDialog() throws Exception {
		final Module module = OpenDialog.of(context, TextToImage.class);
		final String notice = text(module, "notice");
		final String estimate = text(module, "estimate");
		for (final Map.Entry<String, Object> each : Map
			.<String, Object> of("prompt", "<b>astronauts & " + "cosmonauts ".repeat(100), "width", -5,
				"device", "gpu", "model_folder", new File("/" + "long/".repeat(100)))
			.entrySet())
		{
			OpenDialog.change(module, each.getKey(), each.getValue());
			Stream
				.of(List.of(notice, text(module, "notice")), List.of(estimate, text(module, "estimate")))
				.forEach(pair -> {
					assertEquals(pair.get(0).split("<br>").length, pair.get(1).split("<br>").length,
						pair.get(1));
					final String plain = pair.get(1).replaceAll("</?html>", "");
					for (final String line : plain.split("<br>")) {
						assertFalse(line.contains("<"), line);
						assertTrue(line.replaceAll("&\\w+;", "x").length() <= 85, line);
					}
				});
		}
	}

	@ParameterizedTest
	@CsvSource({ "width, 0, 64", "size, 256 × 256, 256" })
	void aScriptMayNameASizeInstead(final String name, final String value, final int side)
		throws Exception
	{
		final Map<String, Object> inputs =
			name.equals("size") ? Map.of("prompt", "spots", "steps", 1, name, value)
				: Map.of("prompt", "spots", "steps", 1, "width", side, "height", side);
		final ImagePlus image = (ImagePlus) context.service(CommandService.class)
			.run(TextToImage.class, true, inputs).get().getOutput("image");
		assertEquals(side, image.getWidth());
		assertEquals(side, image.getHeight());
	}
}
