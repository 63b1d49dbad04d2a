
package io.github.zimagefiji.command.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.io.FileSaver;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.ChildJvm;
import io.github.zimagefiji.cli.ZImage;
import io.github.zimagefiji.command.ScijavaFixture;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.dataset.output.Trees;
import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.recipe.Variation;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;

/** The command as scripts run it, headless, with the built-in model. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("process")
class SynthesizeDatasetTest extends ScijavaFixture {

	private static final int SIDE = 64;

	/** Small and quick; what images look like does not matter. */
	private static final Map<String, Object> QUICK = Map.of("items", 4, "count", "1-2", "radius",
		"6-9", "image_size", "64", "steps", 2, "splits", "0.5, 0.25, 0.25", "min_iou", 0.0,
		"max_count_error", 65535, "precision", "float32", "device", "cpu");

	@TempDir
	private Path folder;

	private volatile String stopAt;

	private Future<CommandModule> start(final Map<String, Object> more) {
		final Map<String, Object> inputs = new HashMap<>(QUICK);
		inputs.putAll(more);
		return context.service(CommandService.class).run(SynthesizeDataset.class, true, inputs);
	}

	private CommandModule run(final Object... more) throws Exception {
		return start(pairs(more)).get();
	}

	private static Map<String, Object> pairs(final Object... more) {
		final Map<String, Object> inputs = new HashMap<>();
		for (int i = 0; i < more.length; i += 2)
			inputs.put((String) more[i], more[i + 1] instanceof Path path ? path.toFile() : more[i + 1]);
		return inputs;
	}

	private void fails(final String words, final Object... more) {
		// SciJava tells what is wrong with a value by itself, else the command does
		Throwable failure = assertThrows(Exception.class, () -> run(more));
		while (!(failure instanceof InvalidInputException) && failure.getCause() != null)
			failure = failure.getCause();
		final String message = String.valueOf(failure.getMessage());
		for (final String part : words.split("\\|"))
			assertTrue(message.contains(part), () -> "\"" + part + "\" is not in: " + message);
		assertFalse(message.contains("--"), message);
	}

	private static String zimage(final String... args) throws IOException, InterruptedException {
		final Process process = ChildJvm.start(List.of(), ZImage.class, args);
		final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertEquals(0, process.waitFor(), said);
		return said;
	}

	@Test
	void theSavedRecipeMakesTheSameFilesOnTheCommandLine() throws Exception {
		final Path recipe = folder.resolve("recipes of mine.json");
		final Path here = folder.resolve("here");
		final CommandModule made =
			run("output", here, "recipe_file", recipe, "camera", true, "outputs", "tiff, ome-zarr",
				"clustering", 0.3, "avoid", "blurry {colour}", "variants", 2, "splits", "50 / 50");
		assertEquals(here.toString(), made.getOutput("dataset"));
		assertEquals(4, made.getOutput("made"));
		assertEquals(4, made.getOutput("accepted"));
		assertEquals(0, made.getOutput("rejected"));
		assertTrue(
			(Double) made.getOutput("mean_iou") >= 0 && (Double) made.getOutput("mean_iou") <= 1);
		assertTrue(Files.exists(Path.of((String) made.getOutput("report"))));
		final Path there = folder.resolve("there");
		zimage("dataset", recipe.toString(), "--output", there.toString(), "--device", "cpu");
		assertEquals(String.join("\n", Trees.digest(here)), String.join("\n", Trees.digest(there)));
	}

	@Test
	void theFirstPairsAreShownWithTheirOutlines() throws Exception {
		final ImagePlus pairs =
			(ImagePlus) run("output", folder.resolve("out"), "outputs", "cellpose", "count", "2")
				.getOutput("first_pairs");
		assertEquals(4, pairs.getStackSize());
		assertEquals("nuclei-0000", pairs.getStack().getSliceLabel(1).substring(0, 11));
		assertEquals(8, pairs.getOverlay().size());
		assertEquals(2, Stream.of(pairs.getOverlay().toArray())
			.filter(outline -> outline.getPosition() == 3).count());
		assertNotNull(
			run("output", folder.resolve("stardist"), "outputs", "stardist").getOutput("first_pairs"));
		assertNull(run("output", folder.resolve("coco"), "outputs", "coco").getOutput("first_pairs"));
		assertNull(run("output", folder.resolve("none"), "show_pairs", false).getOutput("first_pairs"));
	}

	@Test
	void aRecipeFileIsRunAsItIs() throws Exception {
		final Path recipe = Files.writeString(folder.resolve("mine.yaml"),
			String.join("\n", "name: mine", "items: 2", "prompt: {text: many round green nuclei}",
				"size: {width: 64, height: 64}", "sampling: {steps: 1}",
				"labels: {objects: [{kind: spots, count: 3}]}", "splits: {train: 1}"));
		final Path out = folder.resolve("out");
		assertEquals(2, run("labels", "recipe file", "source", recipe, "output", out, "items", 77)
			.getOutput("accepted"));
		assertEquals(2, RecipeReader.read(out.resolve("recipe.json")).items());
		Files.writeString(recipe, "name: mine\nitmes: 2\n");
		fails("Line 2: |\"itmes\"", "labels", "recipe file", "source", recipe, "output",
			folder.resolve("no"));
	}

	@Test
	void labelImagesGiveTheSizeUnlessOneIsAsked() throws Exception {
		final Path labels = Files.createDirectory(folder.resolve("labels"));
		save(disc(new ByteProcessor(SIDE, SIDE)), labels.resolve("a.tif"));
		save(disc(new ByteProcessor(SIDE, SIDE)), labels.resolve("b.tif"));
		final Path out = folder.resolve("out");
		run("labels", "folder of label images", "source", labels, "output", out, "image_size", "",
			"splits", "1");
		assertEquals(SIDE, RecipeReader.read(out.resolve("recipe.json")).sampling().width());
		fails("recipe's size is 128", "labels", "folder of label images", "source", labels, "output",
			folder.resolve("no"), "image_size", "128 x 128", "splits", "1");
		save(disc(new ColorProcessor(SIDE, SIDE)), labels.resolve("a.tif"));
		fails("is in colour, but labels are numbers", "labels", "folder of label images", "source",
			labels, "output", folder.resolve("no"), "splits", "1");
		final FloatProcessor broken = new FloatProcessor(SIDE, SIDE);
		broken.setf(3, 4, 1.5f);
		save(broken, labels.resolve("a.tif"));
		fails("holds 1.5 at x = 3", "labels", "folder of label images", "source", labels, "output",
			folder.resolve("no"), "splits", "1");
		assertFalse(Files.exists(folder.resolve("no")));
	}

	@Test
	void aFolderOfRoiSetsHasTheModelsSizeUnlessOneIsNamed() throws Exception {
		final Path sets = Files.createDirectories(folder.resolve("sets"));
		RoiEncoder.save(new OvalRoi(20, 20, 24, 24), sets.resolve("a.roi").toString());
		run("labels", "folder of label images", "source", sets, "output", folder.resolve("usual"),
			"image_size", "", "splits", "1");
		assertEquals(128, RecipeReader.read(folder.resolve("usual/recipe.json")).sampling().width());
		fails("does not suit an image of 16", "labels", "folder of label images", "source", sets,
			"output", folder.resolve("no"), "image_size", "16 x 16", "splits", "1");
	}

	private static ImageProcessor disc(final ImageProcessor pixels) {
		pixels.setValue(1);
		pixels.fill(new OvalRoi(20, 20, 24, 24));
		return pixels;
	}

	private static void save(final ImageProcessor pixels, final Path file) {
		new FileSaver(new ImagePlus("labels", pixels)).saveAsTiff(file.toString());
	}

	@Test
	void thePlanIsShownAndNothingIsMade() throws Exception {
		final CommandModule module =
			run("action", "only show what would be made", "output", folder.resolve("out"));
		final String plan = (String) module.getOutput("plan");
		for (final String part : List.of("4 images of 64 × 64", "TRAIN=2, VAL=1, TEST=1", "MB on disk",
			"s for each image"))
			assertTrue(plan.contains(part), plan);
		assertNull(module.getOutput("dataset"));
		assertEquals(0, folder.toFile().list().length);
	}

	@Test
	void theRecipeAloneIsSavedAndAnotherOneIsNotLost() throws Exception {
		final Path recipe = folder.resolve("nuclei.json");
		run("action", "only save the recipe", "recipe_file", recipe, "seed", 5L);
		assertEquals(5, RecipeReader.read(recipe).seed());
		assertEquals(1, folder.toFile().list().length);
		run("action", "only save the recipe", "recipe_file", recipe, "seed", 5L);
		fails("holds something else|Nothing was written", "action", "only save the recipe",
			"recipe_file", recipe, "seed", 6L);
		assertEquals(5, RecipeReader.read(recipe).seed());
		fails("Name the recipe's file", "action", "only save the recipe");
	}

	@Test
	void whatIsCancelledIsKeptAndGoneOnWith() throws Exception {
		final Path undisturbed = folder.resolve("undisturbed");
		run("output", undisturbed);
		final List<EventSubscriber<?>> subscribers =
			context.service(EventService.class).subscribe(this);
		final Path out = folder.resolve("out");
		stopAt = "item 3 of 4";
		final CommandModule stopped = start(pairs("output", out, "steps", 2)).get();
		assertFalse(subscribers.isEmpty());
		assertTrue(stopped.isCanceled());
		assertTrue(
			stopped.getCancelReason().matches("(?s).*\\b[123] of 4 images are done and kept in .*out.*"),
			stopped.getCancelReason());
		fails("of the 4 images|Add resume", "output", out);
		final CommandModule resumed = run("output", out, "resume", true);
		assertTrue((Integer) resumed.getOutput("made") < 4, resumed.getOutput("made") + " were made");
		assertEquals(4, resumed.getOutput("accepted"));
		assertEquals(String.join("\n", Trees.digest(undisturbed)),
			String.join("\n", Trees.digest(out)));
		fails("holds another dataset", "output", out, "resume", true, "seed", 2L);
	}

	@EventHandler
	void onTask(final TaskEvent event) {
		final Task task = event.getTask();
		if (stopAt == null || !String.valueOf(task.getStatusMessage()).contains(stopAt)) return;
		stopAt = null; // cancelling is news, too
		task.cancel("enough");
	}

	@ParameterizedTest
	@CsvSource({ "image-to-image, cells, false", "inpaint, nuclei, true", "style-edit, nuclei, false",
		"control, filaments, true" })
	void everyWorkflowMakesItsDataset(final String workflow, final String labels,
		final boolean network) throws Exception
	{
		final Path out = folder.resolve("out");
		assertEquals(4,
			run("workflow", workflow, "labels", labels, "radius", "", "output", out, "strength", 0.8)
				.getOutput("accepted"));
		final Recipe recipe = RecipeReader.read(out.resolve("recipe.json"));
		assertEquals(workflow, recipe.workflow().label());
		assertEquals(network, recipe.control() != null,
			"the built-in ControlNet is used where it helps");
		assertEquals(0.8, recipe.sampling().strength());
		assertEquals(labels, recipe.name());
	}

	@Test
	void realImagesAreEditedWithTheirLabels() throws Exception {
		run("output", folder.resolve("real"), "splits", "1");
		final Path images = folder.resolve("real/tiff/train/images");
		final Path out = folder.resolve("out");
		assertEquals(4,
			run("labels", "folder of label images", "workflow", "real-edit", "source",
				folder.resolve("real/tiff/train/labels"), "real_images", images, "image_size", "", "output",
				out).getOutput("accepted"));
		final Recipe recipe = RecipeReader.read(out.resolve("recipe.json"));
		assertEquals(
			new LabelSource.RealImages(images, folder.resolve("real/tiff/train/labels"), Edits.USUAL),
			recipe.labels());
		assertEquals(64, recipe.sampling().width());
		assertEquals("dark background", recipe.prompt().text());
		assertEquals(images, recipe.quality().realImages());
		fails("Real images (real_images)|Choose the folder", "labels", "folder of label images",
			"workflow", "real-edit", "source", images, "output", folder.resolve("no"));
	}

	@Test
	void realImagesGiveTheirColoursAndObjectsABrightnessOfTheirOwn() throws Exception {
		final Path images = Files.createDirectory(folder.resolve("real"));
		save(disc(new ColorProcessor(SIDE, SIDE)), images.resolve("a.tif"));
		final Path out = folder.resolve("out");
		assertEquals(4, run("workflow", "image-to-image", "real_images", images, "style", "colours",
			"brightness", "0.4 - 1", "output", out).getOutput("accepted"));
		final Recipe recipe = RecipeReader.read(out.resolve("recipe.json"));
		assertEquals(new Style(images, Style.Use.COLOURS), recipe.style());
		assertEquals(new Variation(new Range(0.4, 1)), recipe.variation());
		fails("Style (style)|no use for", "real_images", images, "style", "colours", "output",
			folder.resolve("no"));
		fails("Style (style)|style-edit", "real_images", images, "style", "picture", "workflow",
			"image-to-image", "output", folder.resolve("no"));
		fails("Brightness (brightness)|no labels", "workflow", "text-only", "brightness", "0.4-1",
			"output", folder.resolve("no"));
	}

	@Test
	void textOnlyHasNoGroundTruth() throws Exception {
		final Path out = folder.resolve("out");
		final CommandModule made = run("workflow", "text-only", "output", out);
		assertTrue(((Double) made.getOutput("mean_iou")).isNaN());
		assertNotNull(made.getOutput("first_pairs"));
		assertTrue(Files.readString(out.resolve("DATASHEET.md")).contains("no ground truth"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = { "count; 6-1; Objects per image (count)|smaller",
		"count; some; Objects per image (count)|no range",
		"radius; 0; Radius (pixels) (radius)|between",
		"prompt; one {color} cell; Prompt (prompt)|{color}", "values; colour; Values (values)|no table",
		"values; colour=; Values (values)|has no values",
		"values; count=1; Values (values)|takes no values",
		"splits; 0.8, 0.1; Train, val, test (splits)|add up to 0.9",
		"splits; most; Train, val, test (splits)|no shares", "image_size; 100; Size|multiple of 16",
		"image_size; big; (image_size)|no size", "outputs; tif; Outputs (outputs)|Did you mean tiff",
		"outputs; ''; Outputs (outputs)|No output is named", "pixels; rgb; Pixels (pixels)|rgb8",
		"workflow; edit; Workflow (workflow)|control, image-to-image",
		"workflow; real-edit; Labels (labels)|labels of real images",
		"style; colours; Real images (real_images)|Choose the folder",
		"style; pictures; Style (style)|picture", "brightness; 0.4-2; Brightness (brightness)|between",
		"brightness; bright; Brightness (brightness)|no range",
		"labels; nucleus; Labels (labels)|Use one of", "name; a/b; Name (name)|letters",
		"lora; none.safetensors; none.safetensors", "device; tpu; tpu",
		"action; go; There is no action" })
	void textThatCannotBeUsedIsNamedWithItsField(final String input, final String text,
		final String words)
	{
		fails(words, input, text, "output", folder.resolve("out"));
		assertFalse(Files.exists(folder.resolve("out")));
	}

	@ParameterizedTest
	@CsvSource({ "items, 0, Number of images (items)", "variants, 9, Variants of each (variants)",
		"steps, 1001, Steps (steps)", "retries, -1, Retries (retries)", "threads, -2, thread" })
	void numbersThatCannotBeUsedAreNamedWithTheirField(final String input, final int number,
		final String words)
	{
		fails(words, input, number, "output", folder.resolve("out"));
	}

	@ParameterizedTest
	@CsvSource({ "overlap, 0.95, Overlap (overlap)", "clustering, 2, Clustering (clustering)",
		"min_iou, 1.5, Least IoU (min_iou)", "strength, 0, Strength (strength)",
		"control_scale, 11, Control scale (control_scale)" })
	void fractionsThatCannotBeUsedAreNamedWithTheirField(final String input, final double number,
		final String words)
	{
		fails(words, input, number, "output", folder.resolve("out"));
	}

	@Test
	void whatIsMissingIsNamed() throws IOException {
		fails("Choose the output folder (output)");
		fails("Choose the output folder", "output", new File(""));
		fails("Folder or recipe (source)|label images", "labels", "folder of label images", "output",
			folder.resolve("out"));
		fails("Folder or recipe (source)|recipe file", "labels", "recipe file", "output",
			folder.resolve("out"));
		Files.writeString(folder.resolve("notes.txt"), "mine");
		fails("is not empty", "output", folder);
		fails("Camera's numbers (camera_numbers)|Did you mean", "camera", true, "camera_numbers",
			"photon=3", "output", folder.resolve("out"));
		fails("Camera's numbers (camera_numbers)|between", "camera", true, "camera_numbers", "gain=0",
			"output", folder.resolve("out"));
		fails("Pixels (pixels)|grey16", "camera", true, "pixels", "rgb8", "output",
			folder.resolve("out"));
	}

	@Test
	void aModelWithoutTheNeededAbilityIsRefusedBeforeAnythingIsBegun() {
		final Path out = folder.resolve("out");
		fails("ControlNet (controlnet)|another workflow", "model_folder", Golden.model(), "output",
			out);
		fails("There is no folder|absent", "model_folder", folder.resolve("absent"), "workflow",
			"image-to-image", "output", out);
		fails("There is no model \"Turbot\"", "model", new ModelName("Turbot"), "output", out);
		assertFalse(Files.exists(out));
	}
}
