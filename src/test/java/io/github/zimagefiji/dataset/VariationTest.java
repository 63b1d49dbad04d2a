
package io.github.zimagefiji.dataset;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.process.ImageProcessor;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.folder.ItemRecord;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Camera;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.Variation;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.host.LocalHost;

/** Datasets whose objects differ in brightness. */
@Tag("engine")
class VariationTest {

	private static final Variation VARIATION = new Variation(new Range(0.4, 1));

	@TempDir
	Path folder;

	private static RecipeBuilder recipe() {
		return Recipe.builder("set").items(2).variants(2).prompt("three round white nuclei")
			.objects(Population.of(ObjectKind.NUCLEI, "nucleus", new Range(3, 3)))
			.sampling(new Sampling(128, 128, 8, null, 0.6, 0)).splits(new Splits(1, 0, 0))
			.pixels(PixelKind.GREY16);
	}

	private ItemRecord make(final Recipe recipe, final String output) {
		try (Host host = new LocalHost()) {
			new DatasetRun(recipe, folder.resolve(output), host, FLOAT32).run(false, Shard.ALL,
				Progress.NONE, warning -> {});
		}
		return new DatasetFolder(folder.resolve(output)).record("set-0000");
	}

	private ImageProcessor open(final String output, final String what, final int item) {
		return IJ
			.openImage(
				folder.resolve(output + "/tiff/train/" + what + "/set-000" + item + ".tif").toString())
			.getProcessor();
	}

	/** The mean of each object. */
	private double[] means(final String output, final int item) {
		final ImageProcessor image = open(output, "images", item);
		final ImageProcessor labels = open(output, "labels", item);
		final double[] sums = new double[4];
		final int[] areas = new int[4];
		for (int i = 0; i < labels.getPixelCount(); i++) {
			sums[labels.get(i)] += image.get(i);
			areas[labels.get(i)]++;
		}
		for (int label = 0; label < sums.length; label++)
			sums[label] /= areas[label];
		return sums;
	}

	@Test
	void theObjectsOfAnImageDifferAndItsLabelsAreKeptTo() throws IOException {
		make(recipe().build(), "plain");
		final ItemRecord varied = make(recipe().variation(VARIATION).build(), "varied");
		final double[][] ratios = new double[2][3];
		for (int item = 0; item < 2; item++) {
			final double[] before = means("plain", item);
			final double[] after = means("varied", item);
			for (int label = 1; label <= 3; label++)
				ratios[item][label - 1] = after[label] / before[label];
			assertArrayEquals((short[]) open("plain", "labels", item).getPixels(),
				(short[]) open("varied", "labels", item).getPixels());
		}
		for (final double[] image : ratios) {
			assertTrue(List.of(image[0], image[1], image[2]).stream()
				.allMatch(ratio -> ratio > 0.39 && ratio <= 1));
			assertTrue(Math.max(image[0], Math.max(image[1], image[2])) -
				Math.min(image[0], Math.min(image[1], image[2])) > 0.05);
		}
		assertNotEquals(ratios[0][0], ratios[1][0], 0.02,
			"variants of a scene have factors of their own");
		assertTrue(varied.numbers("ious")[0] > 0.7);
		assertTrue(Files.readString(folder.resolve("varied/DATASHEET.md"))
			.contains("drawn evenly from 0.4 to 1.0"));
		assertFalse(Files.readString(folder.resolve("plain/DATASHEET.md")).contains("* Brightness"));
	}

	@Test
	void madeAgainItIsTheSame() {
		final Recipe recipe = recipe().items(1).variants(1).variation(VARIATION).build();
		assertEquals(make(recipe, "once").text(), make(recipe, "twice").text());
	}

	@Test
	void theQualityCheckSeesWhatWasVaried() {
		final double[] plain = make(recipe().build(), "plain").numbers("ious");
		final double[] varied = make(recipe().variation(VARIATION).build(), "varied").numbers("ious");
		assertNotEquals(plain[0], varied[0]);
	}

	/**
	 * With more retries, the second item's image is made with another seed, as another attempt is.
	 */
	@Test
	void factorsDoNotDependOnTheImagesSeed() {
		final RecipeBuilder retried = recipe().quality(new QualityLimits(0, null, 1, 1, null));
		make(recipe().build(), "plain");
		make(recipe().variation(VARIATION).build(), "varied");
		make(retried.build(), "plain-retried");
		make(retried.variation(VARIATION).build(), "varied-retried");
		assertNotEquals(means("plain", 1)[1], means("plain-retried", 1)[1],
			"images of different seeds");
		for (int label = 1; label <= 3; label++)
			assertEquals(means("varied", 1)[label] / means("plain", 1)[label],
				means("varied-retried", 1)[label] / means("plain-retried", 1)[label], 0.01);
	}

	@Test
	void theCameraTakesWhatWasVaried() {
		final RecipeBuilder recipe =
			recipe().items(1).variants(1).camera(new Camera(0, 10000, 0, 0, 1, 0));
		make(recipe.build(), "plain");
		make(recipe.variation(new Variation(Range.of(0.5))).build(), "varied");
		for (int label = 1; label <= 3; label++)
			assertEquals(0.5, means("varied", 0)[label] / means("plain", 0)[label], 0.03);
	}

	@Test
	void aRecipeIsReadAsItWasWritten() {
		final Recipe recipe = recipe().variation(VARIATION).build();
		assertEquals(recipe, RecipeReader.read(RecipeWriter.write(recipe), folder));
		assertFalse(RecipeWriter.write(recipe().build()).contains("variation"),
			"as before there was such a section");
		final Recipe read =
			RecipeReader.read(String.join("\n", "name: a", "items: 10", "prompt: {text: nuclei}",
				"labels: {objects: [{kind: nuclei}]}", "variation: {brightness: 0.5}"), folder);
		assertEquals(new Variation(Range.of(0.5)), read.variation());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { //
		"control | {brightness: [0, 1]} | between 0.05 and 1", //
		"control | {brightness: [0.4, 1.5]} | between 0.05 and 1", //
		"control | {brightness: [1, 0.4]} | the first number must be the smaller one", //
		"control | {brightness: dim} | must be a number", //
		"control | {} | has no \"brightness\"", //
		"control | {contrast: 1} | The key \"contrast\" is not known in \"variation\"", //
		"text-only | {brightness: [0.4, 1]} | no labels that tell objects apart" })
	void refusesARecipeWithTheLine(final String workflow, final String variation, final String why) {
		final String message = assertThrows(InvalidInputException.class,
			() -> RecipeReader.read(
				String.join("\n", "name: a", "items: 10", "workflow: " + workflow, "prompt: {text: nuclei}",
					"variation: " + variation,
					workflow.equals("control") ? "labels: {objects: [{kind: nuclei}]}" : "outputs: [tiff]"),
				folder))
			.getMessage();
		assertTrue(message.startsWith("Line 5: ") && message.contains(why), message);
	}
}
