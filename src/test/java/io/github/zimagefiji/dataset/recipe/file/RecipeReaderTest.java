
package io.github.zimagefiji.dataset.recipe.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.script.ScriptEngineManager;
import javax.script.ScriptException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.dataset.recipe.ControlSettings;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.SegmentationCommand;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * Recipes are read with all their values, and refused with the line that is wrong.
 */
class RecipeReaderTest {

	private static final Path BASE = Path.of("recipes").toAbsolutePath();

	private static final List<String> GOOD = List.of( //
		"name: nuclei", //
		"seed: 42", //
		"items: 20", //
		"variants: 2", //
		"workflow: control", //
		"prompt:", //
		"  text: \"{count} {colour} nuclei\"", //
		"  values:", //
		"    colour: [green, blue]", //
		"size: {width: 64, height: 96}", //
		"sampling:", //
		"  steps: 8", //
		"control:", //
		"  scale: 0.9", //
		"labels:", //
		"  source: scenes", //
		"  objects:", //
		"    - kind: nuclei", //
		"      count: [2, 4]", //
		"splits: {train: 0.5, val: 0.3, test: 0.2}", //
		"outputs: [tiff, coco]", //
		"quality:", //
		"  min-iou: 0.6");

	private static Recipe read(final List<String> lines) {
		return RecipeReader.read(String.join("\n", lines), BASE);
	}

	/** The good recipe with the line that begins with a text replaced. */
	private static String refusal(final String line, final String replacement) {
		final List<String> lines =
			GOOD.stream().map(good -> good.strip().startsWith(line) ? replacement : good).toList();
		assertTrue(!lines.equals(GOOD), "no line begins with " + line);
		return assertThrows(InvalidInputException.class, () -> read(lines)).getMessage();
	}

	@Test
	void readsEveryValueAndFillsInTheUsualOnes() {
		final Recipe recipe = read(GOOD);
		assertEquals("nuclei", recipe.name());
		assertEquals(42, recipe.seed());
		assertEquals(10, recipe.groups());
		assertEquals(new Sampling(64, 96, 8, null, 0.6, 0), recipe.sampling());
		assertEquals(new ControlSettings(null, 0.9), recipe.control());
		assertEquals(List.of("green", "blue"), recipe.prompt().values().get("colour"));
		final Population nuclei = ((LabelSource.Scenes) recipe.labels()).objects().get(0);
		assertEquals(Population.of(ObjectKind.NUCLEI, "nuclei", new Range(2, 4)), nuclei);
		assertEquals(new Splits(0.5, 0.3, 0.2), recipe.splits());
		assertEquals(PixelKind.RGB8, recipe.pixels());
		assertEquals(0.6, recipe.quality().minIou());
		assertNull(recipe.model());
	}

	@Test
	void theBuilderMakesTheSameRecipe() {
		final Recipe built = Recipe.builder("nuclei").seed(42).items(20).variants(2)
			.prompt("{count} {colour} nuclei").values("colour", "green", "blue")
			.sampling(new Sampling(64, 96, 8, null, 0.6, 0)).control(new ControlSettings(null, 0.9))
			.objects(Population.of(ObjectKind.NUCLEI, "nuclei", new Range(2, 4)))
			.splits(new Splits(0.5, 0.3, 0.2)).outputs(OutputFormat.TIFF, OutputFormat.COCO)
			.quality(new QualityLimits(0.6, null, 0, 1, null)).build();
		assertEquals(read(GOOD), built);
	}

	@Test
	void groovyBuildsRecipesToo() throws ScriptException {
		final Object built = new ScriptEngineManager().getEngineByName("groovy")
			.eval(String.join("\n", "import io.github.zimagefiji.dataset.recipe.*", //
				"Recipe.builder('nuclei').items(20).prompt('{count} round {colour} nuclei')", //
				"    .values('colour', 'green', 'blue')", //
				"    .objects(Population.of(ObjectKind.NUCLEI, 'nucleus', new Range(3, 6))).build()"));
		assertEquals(built, RecipeReader.read(RecipeWriter.write((Recipe) built), BASE));
	}

	@Test
	void aWrittenRecipeIsReadAsTheSame() {
		assertEquals(read(GOOD), RecipeReader.read(RecipeWriter.write(read(GOOD)), BASE));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
		"seed: 42 | sead: 42 | Line 2: | key \"sead\" is not known", //
		"scale: | `  scael: 1` | Line 14: | key \"scael\" is not known in \"control\"", //
		"items: | items: 0 | Line 3: | 0 items", //
		"items: | items: many | Line 3: | whole number", //
		"name: | name: a b | Line 1: | letters", //
		"variants: | variants: 21 | Line 4: | between 1 and 20", //
		"workflow: | workflow: magic | Line 5: | one of control", //
		"colour: | `    color: [green]` | Line 7: | placeholder {colour}", //
		"seed: | `look: {colour: \"{hue}\"}` | Line 2: | placeholder {hue}", //
		"colour: | `    colour: []` | Line 9: | no values", //
		"size: | size: {width: 100, height: 96} | Line 10: | multiple of 16", //
		"size: | size: {width: 64, width: 64} | Line 10: | twice", //
		"steps: | `  steps: 0` | Line 12: | between 1 and 1000", //
		"scale: | `  scale: .nan` | Line 14: | must be a number", //
		"scale: | `  scale: 11` | Line 14: | between 0 and 10", //
		"count: | `      count: [4, 2]` | Line 19: | first number", //
		"count: | `      count: [1, 70000]` | Line 19: | between 1 and 65535", //
		"count: | `      count: [1, 2, 3]` | Line 19: | list of two", //
		"splits: | splits: {train: 0.5, val: 0.3, test: 0.1} | Line 20: | add up to 0.9", //
		"splits: | splits: {train: 0.98, val: 0.01, test: 0.01} | Line 20: | which is none", //
		"splits: | splits: {train: 1.5, val: -0.5} | Line 20: | between 0 and 1", //
		"outputs: | outputs: [tiff, jpeg] | Line 21: | one of tiff", //
		"outputs: | outputs: [] | Line 21: | No output", //
		"min-iou: | `  min-iou: 2` | Line 23: | between 0 and 1", //
		"min-iou: | `  segmentation: {timeout: 5}` | Line 23: | \"command\" must be a list", //
		"min-iou: | `  segmentation: {command: []}` | Line 23: | names no program", //
		"min-iou: | `  segmentation: {command: [seg, \"{image}\"]}` | Line 23: | the file {labels}", //
		"min-iou: | `  segmentation: {command: [\"{image}\", \"{labels}\"]}` | Line 23: | the file {image}", //
		"min-iou: | `  segmentation: {command: [seg, \"{image}{labels}\"], timeout: 0}` | Line 23: | between 1 and 86400", //
		"workflow: | workflow: text-only | Line | no ground truth", //
		"source: | `  source: folder` | Line 17: | no use for the key \"objects\"", //
		"seed: | `seed: [` | Line | not YAML" })
	void refusesWithTheLine(final String line, final String replacement, final String where,
		final String why)
	{
		final String message = refusal(line, replacement);
		assertTrue(message.startsWith(where) && message.contains(why), message);
	}

	@Test
	void aCommandIsReadAsItIsAndFindsTheRecipesFolder() {
		final List<String> lines = new ArrayList<>(GOOD);
		lines.add(
			"  segmentation: {command: [python3, \"{recipe}/seg.py\", \"{image}\", \"--out={labels}\", a b], timeout: 5}");
		final SegmentationCommand command = read(lines).quality().segmentation();
		assertEquals(List.of("python3", BASE + "/seg.py", "i.tif", "--out=l.tif", "a b"),
			command.on("i.tif", "l.tif"));
		assertEquals(5, command.timeout());
		assertEquals(read(lines),
			RecipeReader.read(RecipeWriter.write(read(lines)), Path.of("elsewhere")));
		assertEquals("seg {image}{labels} 'a b' ?[2K",
			new SegmentationCommand(List.of("seg", "{image}{labels}", "a b", "\u001b[2K"), 5).line());
	}

	@Test
	void refusesLabelOutputsOfImagesWithoutGroundTruth() {
		final String message =
			assertThrows(InvalidInputException.class, () -> read(List.of("name: a", "items: 10",
				"workflow: text-only", "prompt: {text: nuclei}", "outputs: [cellpose]"))).getMessage();
		assertTrue(message.startsWith("Line 5: ") && message.contains("ground truth"), message);
	}

	@Test
	void refusesMoreObjectsThanSixteenBitsTellApart() {
		final Population many = Population.of(ObjectKind.SPOTS, "spot", new Range(1, 40000));
		assertTrue(
			assertThrows(WrongValueException.class, () -> new LabelSource.Scenes(List.of(many, many)))
				.getMessage().contains("65535"));
	}

	@Test
	void makesNoObjectsOfTags() {
		final String message = refusal("seed: 42", "seed: !!javax.script.ScriptEngineManager [x]");
		assertTrue(message.startsWith("Line 2: "), message);
	}
}
