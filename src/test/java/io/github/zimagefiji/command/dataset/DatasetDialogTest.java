
package io.github.zimagefiji.command.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.prefs.PrefService;

import io.github.zimagefiji.command.ScijavaFixture;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.OpenDialog;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.command.scijava.DialogOrder;
import io.github.zimagefiji.command.scijava.MacroKeys;
import io.github.zimagefiji.command.scijava.WholeRun;
import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.golden.Golden;

/**
 * The dataset dialog as a person sees it: when it opens and after each change; what is recorded of
 * it.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class DatasetDialogTest extends ScijavaFixture {

	@TempDir
	private Path folder;

	private Module module() {
		return context.service(ModuleService.class)
			.createModule(context.service(CommandService.class).getCommand(SynthesizeDataset.class));
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
		return DialogOrder.inOrder(module).stream()
			.filter(each -> each.getVisibility() != ItemVisibility.INVISIBLE).map(ModuleItem::getName)
			.filter(MacroKeys.values(module)::containsKey).filter(command::isShown).toList();
	}

	@Test
	void opensWithNucleiOfTheBuiltInModelAndNeedsNothingButAFolder() throws Exception {
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		assertEquals(ModelChoice.BUILT_IN, module.getInput("model"));
		assertEquals("1-6", module.getInput("count"));
		assertEquals("8-13", module.getInput("radius"));
		assertEquals(0.6, module.getInput("min_iou"));
		assertTrue(estimate(module).contains("100 images of 128 × 128 pixels, about 9.9 MB on disk."),
			estimate(module));
		assertTrue(estimate(module).contains("Time: not known yet"), estimate(module));
		for (final String name : MacroKeys.values(module).keySet())
			assertEquals(name.equals("output") ? "Choose a new or empty folder." : null,
				problem(module, name), name);
		OpenDialog.change(module, "output", folder.resolve("new").toFile());
		assertNull(problem(module, "output"));
	}

	@Test
	void showsEssentialsFirstAndTheRestWhenItIsWanted() {
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		assertEquals(List.of("estimate", "labels", "source", "count", "workflow", "model", "prompt",
			"items", "outputs", "output", "action", "more_fields"), shown(module));
		module.setInput("action", "only save the recipe");
		assertTrue(shown(module).contains("recipe_file"), "it needs a name");
		module.setInput("model", ModelChoice.OTHER);
		assertTrue(shown(module).contains("model_folder"));
		module.setInput("more_fields", true);
		assertTrue(shown(module).containsAll(List.of("overlap", "clustering", "model_folder",
			"controlnet", "lora", "variants", "camera_numbers", "retries", "seed", "precision",
			"show_pairs", "real_images", "style", "brightness", "splits", "image_size")));
		assertFalse(shown(module).contains("resume"), "a person is asked");
	}

	@Test
	void whatIsUsualFollowsTheLabelsAndWhatWasTypedStays() throws Exception {
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		OpenDialog.change(module, "labels", "filaments");
		assertEquals("2-3", module.getInput("radius"));
		assertEquals(0.5, module.getInput("overlap"));
		assertTrue(module.getInput("prompt").toString().contains("filaments"));
		OpenDialog.change(module, "prompt", "my {colour} lines");
		OpenDialog.change(module, "labels", "tissue");
		assertEquals("my {colour} lines", module.getInput("prompt"));
		assertEquals(0.0, module.getInput("min_iou"));
		assertEquals("", module.getInput("radius"));
		OpenDialog.change(module, "prompt", "");
		OpenDialog.change(module, "labels", "tissue");
		assertTrue(estimate(module).contains("does not follow tissue"), estimate(module));
		OpenDialog.change(module, "workflow", "style-edit");
		assertEquals("make the nuclei {colour}", module.getInput("prompt"));
		OpenDialog.change(module, "workflow", "text-only");
		assertTrue(estimate(module).contains("No ground truth"), estimate(module));
		assertNull(problem(module, "prompt"), "the number of objects is not told");
		MacroKeys.values(module).keySet().stream().filter(name -> !name.equals("output"))
			.forEach(name -> assertNull(problem(module, name), name));
	}

	@Test
	void aSourceChoosesItsKindOfLabels() throws Exception {
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		final Path recipe =
			Files.writeString(folder.resolve("small.yaml"), "name: small\nitems: 3\nprompt: {text: a}\n" +
				"labels: {objects: [{kind: spots}]}\nsplits: {train: 1}\n");
		OpenDialog.change(module, "source", recipe.toFile());
		assertEquals("recipe file", module.getInput("labels"));
		assertTrue(estimate(module).contains("3 images of 128 × 128"), estimate(module));
		Files.writeString(recipe, "name: small\n");
		final Module again = OpenDialog.of(context, SynthesizeDataset.class);
		OpenDialog.change(again, "source", recipe.toFile());
		assertTrue(problem(again, "source").contains("is missing"), problem(again, "source"));
		OpenDialog.change(again, "source", folder.toFile());
		assertEquals("folder of label images", again.getInput("labels"));
		assertTrue(problem(again, "source").contains("holds no TIFF or PNG"), problem(again, "source"));
		assertTrue(estimate(again).contains("holds no TIFF or PNG"), estimate(again));
	}

	@Test
	void whatIsWrongStandsBesideItsValueAndInTheMessage() throws Exception {
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		OpenDialog.change(module, "prompt", "one {color} nucleus");
		assertTrue(problem(module, "prompt").contains("{color}"), problem(module, "prompt"));
		assertTrue(estimate(module).contains("{color}"), estimate(module));
		assertNull(problem(module, "values"));
		OpenDialog.change(module, "prompt", "one nucleus");
		OpenDialog.change(module, "splits", "0.9, 0.9");
		assertTrue(problem(module, "splits").contains("add up to 1.8"), problem(module, "splits"));
		OpenDialog.change(module, "splits", "1");
		OpenDialog.change(module, "model", ModelChoice.OTHER);
		assertTrue(problem(module, "model").contains("Choose the model's folder"),
			problem(module, "model"));
		OpenDialog.change(module, "model_folder", Golden.model().toFile());
		assertTrue(problem(module, "controlnet").contains("Choose a ControlNet"),
			problem(module, "controlnet"));
	}

	@Test
	void theModelUsedLastIsShownByItsNameAndOneThatIsGoneGivesWay() throws Exception {
		final PrefService prefs = context.service(PrefService.class);
		final Path gone = folder.resolve("gone");
		prefs.put(SynthesizeDataset.class, "model_folder", gone.toString());
		assertEquals(ModelChoice.BUILT_IN,
			OpenDialog.of(context, SynthesizeDataset.class).getInput("model"));
		Files.createDirectory(gone);
		prefs.put(SynthesizeDataset.class, "model_folder", gone.toString());
		final Module other = OpenDialog.of(context, SynthesizeDataset.class);
		assertEquals(ModelChoice.OTHER, other.getInput("model"));
		assertTrue(problem(other, "controlnet").contains("Choose a ControlNet"));
		OpenDialog.change(other, "model", ModelChoice.BUILT_IN);
		assertNull(other.getInput("model_folder"));
		OpenDialog.change(other, "model_folder", Golden.model().toFile());
		assertEquals(ModelChoice.OTHER, other.getInput("model"));
	}

	@Test
	void outputsAreAddedByTheirNames() throws Exception {
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		OpenDialog.change(module, "add_layout", "coco");
		OpenDialog.change(module, "add_layout", "coco");
		assertEquals("tiff, coco", module.getInput("outputs"));
		OpenDialog.change(module, "outputs", "");
		assertTrue(problem(module, "outputs").contains("No output is named"),
			problem(module, "outputs"));
		OpenDialog.change(module, "add_layout", "ome-zarr");
		assertEquals("ome-zarr", module.getInput("outputs"));
	}

	@Test
	void aFolderWithOtherFilesIsRefusedBeforeTheDialogCloses() throws Exception {
		Files.writeString(folder.resolve("notes.txt"), "mine");
		final Module module = OpenDialog.of(context, SynthesizeDataset.class);
		OpenDialog.change(module, "output", folder.toFile());
		assertTrue(problem(module, "output").contains("holds other files"), problem(module, "output"));
		OpenDialog.change(module, "action", "only show what would be made");
		assertNull(problem(module, "output"));
		OpenDialog.change(module, "action", "only save the recipe");
		assertTrue(problem(module, "recipe_file").contains("Name a file"));
		OpenDialog.change(module, "recipe_file", new File("x.json"));
		assertNull(problem(module, "recipe_file"));
	}

	private String options(final Module module) {
		final String line = WholeRun.recorded(context, module);
		assertTrue(line.startsWith("run(\"Synthesize Dataset...\", \""), line);
		return WholeRun.options(line);
	}

	@Test
	void theRecordedLineMakesTheSameDataset() throws Exception {
		final Path first = folder.resolve("first one");
		final Module typed = WholeRun.of(context, SynthesizeDataset.class,
			Map.of("output", first.toFile(), "items", 3, "count", "1-2", "radius", "6", "image_size",
				"64 x 48", "steps", 1, "splits", "1", "values",
				"shape=round; colour=green, white; background=dark", "min_iou", 0.0, "camera", true),
			null);
		final String options = options(typed);
		assertTrue(options.contains("output=[" + first + "]") && options.contains("camera=true"),
			options);
		assertFalse(options.contains("more_fields") || options.contains("add_layout") ||
			options.contains("resume"), options);
		context.service(PrefService.class).clearAll();
		final Path second = folder.resolve("second");
		final Module again = WholeRun.of(context, SynthesizeDataset.class, Map.of(),
			options.replace("[" + first + "]", second.toString()));
		assertEquals(String.join("\n", Trees.digest(first)), String.join("\n", Trees.digest(second)));
		assertEquals(options.replace("[" + first + "]", second.toString()), options(again),
			"and is recorded alike");
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
		Throwable failure = assertThrows(ExecutionException.class,
			() -> WholeRun.of(context, SynthesizeDataset.class, Map.of(), options));
		while (failure.getCause() != null)
			failure = failure.getCause();
		assertTrue(failure.getMessage().contains(words), failure.getMessage());
	}
}
