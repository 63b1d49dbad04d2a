package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PostprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;

import ij.Macro;
import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.golden.Golden;

/** The dataset dialog as a person sees it: when it opens and after each change; what is recorded of it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DatasetDialogTest extends ScijavaFixture {

	@TempDir
	private Path folder;

	private Module module() {
		return context.service(ModuleService.class).createModule(context.service(CommandService.class).getCommand(
			SynthesizeDataset.class));
	}

	/** A dialog that has just opened, short of the window. */
	private Module open() {
		final Module module = module();
		context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class).stream().filter(
			each -> each.getClass().getName().matches(".*\\.(Service|DefaultValue|Init|LoadInputs)Preprocessor")).forEach(
				each -> each.process(module));
		assertInstanceOf(Prepared.class, module.getDelegateObject()).prepare(module::isInputResolved, true);
		return module;
	}

	/** What a widget does when a person changes its value. */
	private static void change(final Module module, final String name, final Object value) throws Exception {
		module.setInput(name, value);
		module.getInfo().getInput(name).callback(module);
	}

	private static String problem(final Module module, final String name) {
		return module.getInfo().getInput(name).validateMessage(module);
	}

	/** The message without its line breaks. */
	private static String estimate(final Module module) {
		return module.getInput("estimate").toString().replace("<br>", " ");
	}

	private static List<String> shown(final Module module) {
		final Prepared command = (Prepared) module.getDelegateObject();
		return DialogOrder.inOrder(module).stream().filter(each -> each.getVisibility() != ItemVisibility.INVISIBLE)
			.map(ModuleItem::getName).filter(MacroKeys.values(module)::containsKey).filter(command::isShown).toList();
	}

	@Test
	void opensWithNucleiOfTheBuiltInModelAndNeedsNothingButAFolder() throws Exception {
		final Module module = open();
		assertEquals(ModelChoice.BUILT_IN, module.getInput("model"));
		assertEquals("1-6", module.getInput("count"));
		assertEquals("8-13", module.getInput("radius"));
		assertEquals(0.6, module.getInput("min_iou"));
		assertTrue(estimate(module).contains("100 images of 128 × 128 pixels, about 9.9 MB on disk."), estimate(module));
		assertTrue(estimate(module).contains("Time: not known yet"), estimate(module));
		for (final String name : MacroKeys.values(module).keySet())
			assertEquals(name.equals("output") ? "Choose a new or empty folder." : null, problem(module, name), name);
		change(module, "output", folder.resolve("new").toFile());
		assertNull(problem(module, "output"));
	}

	@Test
	void showsEssentialsFirstAndTheRestWhenItIsWanted() {
		final Module module = open();
		assertEquals(List.of("labels", "source", "count", "radius", "workflow", "model", "prompt", "values", "image_size",
			"items", "splits", "outputs", "add_layout", "camera", "min_iou", "output", "recipe_file", "action", "more_fields",
			"estimate"), shown(module));
		module.setInput("more_fields", true);
		assertTrue(shown(module).containsAll(List.of("overlap", "clustering", "model_folder", "controlnet", "lora",
			"variants", "camera_numbers", "retries", "seed", "precision", "show_pairs")));
		assertFalse(shown(module).contains("resume"), "a person is asked");
	}

	@Test
	void whatIsUsualFollowsTheLabelsAndWhatWasTypedStays() throws Exception {
		final Module module = open();
		change(module, "labels", "filaments");
		assertEquals("2-3", module.getInput("radius"));
		assertEquals(0.5, module.getInput("overlap"));
		assertTrue(module.getInput("prompt").toString().contains("filaments"));
		change(module, "prompt", "my {colour} lines");
		change(module, "labels", "tissue");
		assertEquals("my {colour} lines", module.getInput("prompt"));
		assertEquals(0.0, module.getInput("min_iou"));
		assertEquals("", module.getInput("radius"));
		change(module, "prompt", "");
		change(module, "labels", "tissue");
		assertTrue(estimate(module).contains("does not follow tissue"), estimate(module));
		change(module, "workflow", "text-only");
		assertTrue(estimate(module).contains("No ground truth"), estimate(module));
		assertNull(problem(module, "prompt"), "the number of objects is not told");
		MacroKeys.values(module).keySet().stream().filter(name -> !name.equals("output")).forEach(name -> assertNull(problem(
			module, name), name));
	}

	@Test
	void aSourceChoosesItsKindOfLabels() throws Exception {
		final Module module = open();
		final Path recipe = Files.writeString(folder.resolve("small.yaml"), "name: small\nitems: 3\nprompt: {text: a}\n" +
			"labels: {objects: [{kind: spots}]}\nsplits: {train: 1}\n");
		change(module, "source", recipe.toFile());
		assertEquals("recipe file", module.getInput("labels"));
		assertTrue(estimate(module).contains("3 images of 128 × 128"), estimate(module));
		Files.writeString(recipe, "name: small\n");
		final Module again = open();
		change(again, "source", recipe.toFile());
		assertTrue(problem(again, "source").contains("is missing"), problem(again, "source"));
		change(again, "source", folder.toFile());
		assertEquals("folder of label images", again.getInput("labels"));
		assertTrue(problem(again, "source").contains("holds no TIFF or PNG"), problem(again, "source"));
		assertTrue(estimate(again).contains("holds no TIFF or PNG"), estimate(again));
	}

	@Test
	void whatIsWrongStandsBesideItsValueAndInTheMessage() throws Exception {
		final Module module = open();
		change(module, "prompt", "one {color} nucleus");
		assertTrue(problem(module, "prompt").contains("{color}"), problem(module, "prompt"));
		assertTrue(estimate(module).contains("{color}"), estimate(module));
		assertNull(problem(module, "values"));
		change(module, "prompt", "one nucleus");
		change(module, "splits", "0.9, 0.9");
		assertTrue(problem(module, "splits").contains("add up to 1.8"), problem(module, "splits"));
		change(module, "splits", "1");
		change(module, "model", ModelChoice.OTHER);
		assertTrue(problem(module, "model").contains("Choose the model's folder"), problem(module, "model"));
		change(module, "model_folder", Golden.model().toFile());
		assertTrue(problem(module, "controlnet").contains("Choose a ControlNet"), problem(module, "controlnet"));
	}

	@Test
	void theModelUsedLastIsShownByItsNameAndOneThatIsGoneGivesWay() throws Exception {
		final PrefService prefs = context.service(PrefService.class);
		final Path gone = Files.createDirectory(folder.resolve("gone"));
		prefs.put(SynthesizeDataset.class, "model_folder", gone.toString());
		assertEquals(ModelChoice.BUILT_IN, open().getInput("model"));
		prefs.put(SynthesizeDataset.class, "more_fields", true);
		final Module other = open();
		assertEquals(ModelChoice.OTHER, other.getInput("model"));
		assertTrue(problem(other, "controlnet").contains("Choose a ControlNet"));
		change(other, "model", ModelChoice.BUILT_IN);
		assertNull(other.getInput("model_folder"));
		change(other, "model_folder", Golden.model().toFile());
		assertEquals(ModelChoice.OTHER, other.getInput("model"));
	}

	@Test
	void outputsAreAddedByTheirNames() throws Exception {
		final Module module = open();
		change(module, "add_layout", "coco");
		change(module, "add_layout", "coco");
		assertEquals("tiff, coco", module.getInput("outputs"));
		change(module, "outputs", "");
		assertTrue(problem(module, "outputs").contains("No output is named"), problem(module, "outputs"));
		change(module, "add_layout", "ome-zarr");
		assertEquals("ome-zarr", module.getInput("outputs"));
	}

	@Test
	void aFolderWithOtherFilesIsRefusedBeforeTheDialogCloses() throws Exception {
		Files.writeString(folder.resolve("notes.txt"), "mine");
		final Module module = open();
		change(module, "output", folder.toFile());
		assertTrue(problem(module, "output").contains("holds other files"), problem(module, "output"));
		change(module, "action", "only show what would be made");
		assertNull(problem(module, "output"));
		change(module, "action", "only save the recipe");
		assertTrue(problem(module, "recipe_file").contains("Name a file"));
		change(module, "recipe_file", new File("x.json"));
		assertNull(problem(module, "recipe_file"));
	}

	/** Runs the command as a dialog's OK does, or as a macro if there are options, on a thread as ImageJ has them. */
	private Module run(final Map<String, Object> typed, final String options) throws Exception {
		final FutureTask<Module> task = new FutureTask<>(() -> {
			final Module module = module();
			typed.forEach(module::setInput);
			Macro.setOptions(options);
			final PluginService plugins = context.service(PluginService.class);
			new ModuleRunner(context, module, plugins.createInstancesOfType(PreprocessorPlugin.class), plugins
				.createInstancesOfType(PostprocessorPlugin.class)).run();
			Macro.setOptions(null);
			return module;
		});
		new Thread(task, "Run$_DatasetDialogTest").start();
		return task.get();
	}

	private String options(final Module module) {
		final String line = context.service(PluginService.class).createInstancesOfType(PostprocessorPlugin.class).stream()
			.filter(MacroRecorder.class::isInstance).map(MacroRecorder.class::cast).findFirst().orElseThrow().line(module, false);
		assertTrue(line.startsWith("run(\"Synthesize Dataset...\", \""), line);
		return line.substring(line.indexOf("\", \"") + 4, line.lastIndexOf("\");"));
	}

	@Test
	void theRecordedLineMakesTheSameDataset() throws Exception {
		final Path first = folder.resolve("first one");
		final Module typed = run(Map.of("output", first.toFile(), "items", 3, "count", "1-2", "radius", "6", "image_size",
			"64 x 48", "steps", 1, "splits", "1", "values", "shape=round; colour=green, white; background=dark", "min_iou", 0.0,
			"camera", true), null);
		final String options = options(typed);
		assertTrue(options.contains("output=[" + first + "]") && options.contains("camera=true"), options);
		assertFalse(options.contains("more_fields") || options.contains("add_layout") || options.contains("resume"), options);
		context.service(PrefService.class).clearAll();
		final Path second = folder.resolve("second");
		final Module again = run(Map.of(), options.replace("[" + first + "]", second.toString()));
		assertEquals(String.join("\n", Trees.digest(first)), String.join("\n", Trees.digest(second)));
		assertEquals(options.replace("[" + first + "]", second.toString()), options(again), "and is recorded alike");
	}

	@Test
	void wrongMacrosAreRefusedWithASentence() {
		refused("itemz=3", "items");
		refused("items=three", "whole number");
		refused("labels=nucleus", "Did you mean nuclei");
		refused("count=[6-1]", "Objects per image (count)");
		refused("items=50", "Choose the output folder (output)");
	}

	private void refused(final String options, final String words) {
		Throwable failure = assertThrows(ExecutionException.class, () -> run(Map.of(), options));
		while (failure.getCause() != null)
			failure = failure.getCause();
		assertTrue(failure.getMessage().contains(words), failure.getMessage());
	}
}
