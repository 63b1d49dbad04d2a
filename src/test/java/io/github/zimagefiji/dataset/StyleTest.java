
package io.github.zimagefiji.dataset;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.dataset.scene.Palette;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.InputImage;

/**
 * The style of real images, through their colours and through the editing model.
 */
@Tag("engine")
class StyleTest {

	private static final Population NUCLEI =
		Population.of(ObjectKind.NUCLEI, "nucleus", new Range(2, 4));
	private static final int MAGENTA = 0xc828b4;
	private static final int HAZE = 0x28281e;

	@TempDir
	Path folder;

	private Path images;

	@BeforeEach
	void drawRealImages() throws IOException {
		images = Files.createDirectories(folder.resolve("real"));
		for (int n = 0; n < 4; n++)
			IJ.saveAsTiff(new ImagePlus("real", discs(n)),
				images.resolve("cell" + n + ".tif").toString());
	}

	/** Magenta discs on haze; of another size than the recipe's. */
	private static ColorProcessor discs(final int n) {
		final ColorProcessor image = new ColorProcessor(160, 96);
		for (int i = 0; i < image.getPixelCount(); i++)
			image.set(i, Math.hypot(i % 160 - 40 - n, i / 160 - 45) < 14 ||
				Math.hypot(i % 160 - 110, i / 160 - 50) < 12 ? MAGENTA : HAZE);
		return image;
	}

	private RecipeBuilder recipe(final Style.Use as) {
		return Recipe.builder("set").items(3).workflow(Workflow.STYLE_EDIT)
			.prompt("make the image brighter").objects(NUCLEI)
			.sampling(new Sampling(128, 128, 8, null, 0.6, 0)).splits(new Splits(1, 0, 0))
			.style(as == null ? null : new Style(images, as));
	}

	private DatasetFolder make(final Recipe recipe, final String output) {
		try (Host host = new LocalHost()) {
			new DatasetRun(recipe, folder.resolve(output), host, FLOAT32).run(true, Shard.ALL,
				Progress.NONE, warning -> {});
		}
		return new DatasetFolder(folder.resolve(output));
	}

	private static double iou(final DatasetFolder made, final int items) {
		double sum = 0;
		for (int i = 0; i < items; i++)
			sum += made.record("set-000" + i).numbers("ious")[0];
		return sum / items;
	}

	/** The mean colour of an item's objects. */
	private Color colour(final String output) {
		final String tiff = folder.resolve(output) + "/tiff/train/";
		final ImageProcessor image = IJ.openImage(tiff + "images/set-0000.tif").getProcessor();
		final ImageProcessor labels = IJ.openImage(tiff + "labels/set-0000.tif").getProcessor();
		final long[] sums = new long[4];
		for (int i = 0; i < labels.getPixelCount(); i++) {
			if (labels.get(i) == 0) continue;
			final int rgb = image.get(i);
			for (int c = 0; c < 3; c++)
				sums[c] += rgb >> 16 - 8 * c & 0xff;
			sums[3]++;
		}
		return new Color((int) (sums[0] / sums[3]), (int) (sums[1] / sums[3]),
			(int) (sums[2] / sums[3]));
	}

	@Test
	void anInstructionAboutTheRenderingKeepsTheLabels() {
		final Recipe recipe =
			recipe(null).prompt("make the nuclei {colour}").values("colour", "red").build();
		assertTrue(iou(make(recipe, "out"), 3) > 0.8);
		final Color colour = colour("out");
		assertTrue(colour.getRed() > 2 * colour.getGreen() && colour.getRed() > 2 * colour.getBlue(),
			"red: " + colour);
	}

	@Test
	void coloursComeFromARealImageAndLabelsAreKept() throws IOException {
		final DatasetFolder made = make(recipe(Style.Use.COLOURS).build(), "out");
		assertTrue(iou(made, 3) > 0.8, "IoU " + iou(made, 3));
		final Color colour = colour("out");
		assertTrue(colour.getRed() > 2 * colour.getGreen() && colour.getBlue() > 2 * colour.getGreen(),
			"magenta: " + colour);
		final String inputs = made.record("set-0000").text("inputs");
		assertTrue(inputs.matches("reference: rendering of .* in the colours of cell\\d.tif"), inputs);
		assertTrue(
			Files.readString(folder.resolve("out/DATASHEET.md")).contains("mean colours of real images"));
	}

	@Test
	void coloursServeImageToImageToo() {
		final Recipe recipe = recipe(Style.Use.COLOURS).items(1).workflow(Workflow.IMAGE_TO_IMAGE)
			.prompt("three round magenta nuclei").build();
		final String inputs = make(recipe, "out").record("set-0000").text("inputs");
		assertTrue(inputs.matches("image: rendering of .* in the colours of cell\\d.tif"), inputs);
	}

	@Test
	void aPictureIsSeenByTheModelBeforeTheRendering() throws IOException {
		final DatasetFolder made = make(recipe(Style.Use.PICTURE).items(1).build(), "picture");
		final String inputs = made.record("set-0000").text("inputs");
		assertTrue(inputs.matches("reference: cell\\d.tif; reference: rendering of .*"), inputs);
		final DatasetFolder without = make(recipe(null).items(1).build(), "without");
		assertNotEquals(without.record("set-0000").text("image_sha256"),
			made.record("set-0000").text("image_sha256"));
		assertEquals("128", made.record("set-0000").text("width"),
			"the recipe's size, not the real image's");
		assertTrue(Files.readString(folder.resolve("picture/DATASHEET.md"))
			.contains("no real image serves two splits"));
	}

	@Test
	void picturesOfOneSplitAreNotSeenInAnother() {
		final Recipe recipe =
			recipe(Style.Use.PICTURE).items(200).splits(new Splits(0.5, 0.25, 0.25)).build();
		final StyleImages styles = new StyleImages(recipe);
		final Map<String, Split> seen = new HashMap<>();
		for (int i = 0; i < 200; i++) {
			final PlannedItem item = Plan.of(recipe).item(i);
			final String name = styles.of(item).name();
			final Split before = seen.put(name, item.split());
			assertTrue(before == null || before == item.split(), name);
		}
		assertEquals(4, seen.size(), "all are used");
	}

	@Test
	void coloursOfEveryImageServeEverySplit() {
		final Recipe recipe =
			recipe(Style.Use.COLOURS).items(200).splits(new Splits(0.5, 0.25, 0.25)).build();
		final StyleImages styles = new StyleImages(recipe);
		final Map<Split, Set<String>> seen = new HashMap<>();
		for (int i = 0; i < 200; i++) {
			final PlannedItem item = Plan.of(recipe).item(i);
			seen.computeIfAbsent(item.split(), split -> new HashSet<>()).add(styles.of(item).name());
		}
		assertTrue(seen.values().stream().allMatch(names -> names.size() == 4), seen.toString());
	}

	@Test
	void thePaletteIsTheMeanOfObjectsAndOfTheRest() {
		final StyleImages styles = new StyleImages(recipe(Style.Use.COLOURS).build());
		final InputImage image = styles.all().iterator().next();
		final Palette palette = styles.palette(image);
		for (int c = 0; c < 3; c++) {
			assertEquals((MAGENTA >> 16 - 8 * c & 0xff) / 255.0, palette.objects()[c], 0.08,
				"smoothing widens objects a little");
			assertEquals((HAZE >> 16 - 8 * c & 0xff) / 255.0, palette.background()[c], 0.02);
		}
	}

	@Test
	void sixteenBitsThatACameraHardlyFillsAreStretched() throws IOException {
		final ShortProcessor dark = new ShortProcessor(96, 96);
		for (int i = 0; i < dark.getPixelCount(); i++)
			dark.set(i, Math.hypot(i % 96 - 50, i / 96 - 50) < 20 ? 900 : 100 + i % 7);
		for (int n = 0; n < 4; n++)
			Files.delete(images.resolve("cell" + n + ".tif"));
		IJ.saveAsTiff(new ImagePlus("dark", dark), images.resolve("dark.tif").toString());
		final StyleImages styles = new StyleImages(recipe(Style.Use.COLOURS).build());
		assertTrue(styles.palette(styles.all().iterator().next()).objects()[0] > 0.9);
	}

	@Test
	void aChangedRealImageMakesAnotherDataset() {
		final Recipe recipe = recipe(Style.Use.COLOURS).items(1).build();
		make(recipe, "out");
		IJ.saveAsTiff(new ImagePlus("real", discs(30)), images.resolve("cell2.tif").toString());
		assertRefused(() -> make(recipe, "out"), "source images have changed");
	}

	@Test
	void aRecipeWithStyleIsReadAsItWasWritten() {
		final Recipe recipe = recipe(Style.Use.PICTURE).build();
		assertEquals(recipe, RecipeReader.read(RecipeWriter.write(recipe), folder));
		final Recipe read = RecipeReader.read(String.join("\n", "name: a", "items: 10",
			"workflow: style-edit", "prompt: {text: make the nuclei red}",
			"labels: {objects: [{kind: nuclei}]}", "style: {images: real}"), folder);
		assertEquals(new Style(images, Style.Use.COLOURS), read.style());
	}

	private String refusal(final Recipe recipe) {
		final String message =
			assertThrows(InvalidInputException.class, () -> make(recipe, "refused")).getMessage();
		assertFalse(Files.exists(folder.resolve("refused")), "nothing is begun");
		return message;
	}

	@Test
	void refusesRealImagesThatGiveNothing() throws IOException {
		IJ.saveAsTiff(new ImagePlus("even", new ByteProcessor(96, 96)),
			images.resolve("even.tif").toString());
		assertTrue(refusal(recipe(Style.Use.COLOURS).build()).contains("even.tif shows no objects"));
		Files.delete(images.resolve("even.tif"));
		IJ.saveAsTiff(new ImagePlus("small", new ByteProcessor(32, 96)),
			images.resolve("small.tif").toString());
		assertTrue(refusal(recipe(Style.Use.PICTURE).build()).contains("32 × 96"));
		assertTrue(refusal(recipe(Style.Use.COLOURS)
			.style(new Style(Files.createDirectories(folder.resolve("empty")), Style.Use.COLOURS))
			.build()).contains("holds no TIFF or PNG"));
	}

	@Test
	void refusesFewerPicturesThanSplits() {
		final Recipe recipe =
			recipe(Style.Use.PICTURE).items(100).splits(new Splits(0.8, 0.1, 0.1)).build();
		assertTrue(refusal(recipe).contains("of 4 scenes or source images, which is none"));
	}

	@Test
	void refusesAModelThatCannotEdit() {
		final String message = refusal(recipe(null).model(BuiltInModel.folder()).build());
		assertTrue(message.contains("cannot edit"), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"control | {images: real} | Line 5: | no use for the section \"style\"", //
		"style-edit | {images: real, as: texture} | Line 5: | one of colours, picture", //
		"style-edit | {image: real} | Line 5: | The key \"image\" is not known in \"style\"", //
		"style-edit | {as: colours} | Line 5: | The key \"images\" is missing", //
		"image-to-image | {images: real, as: picture} | Line 5: | Only the workflow \"style-edit\"" })
	void refusesARecipeWithTheLine(final String workflow, final String style, final String where,
		final String why)
	{
		final String message = assertThrows(InvalidInputException.class,
			() -> RecipeReader.read(String.join("\n", "name: a", "items: 10", "workflow: " + workflow,
				"prompt: {text: make the nuclei red}", "style: " + style,
				"labels: {objects: [{kind: nuclei}]}"), folder))
			.getMessage();
		assertTrue(message.startsWith(where) && message.contains(why), message);
	}

	@Test
	void refusesAStyleWithoutUse() {
		final List<Workflow> without = List.of(Workflow.CONTROL, Workflow.INPAINT);
		for (final Workflow workflow : without)
			assertRefused(() -> recipe(Style.Use.COLOURS).workflow(workflow).build(),
				"no use for the section \"style\"");
		assertRefused(() -> recipe(Style.Use.PICTURE).workflow(Workflow.IMAGE_TO_IMAGE).build(),
			"style-edit");
	}
}
