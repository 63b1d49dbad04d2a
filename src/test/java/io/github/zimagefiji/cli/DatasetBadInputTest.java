
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.golden.Golden;

/**
 * What {@code zimage dataset} cannot use, it refuses with one sentence and before anything is
 * begun.
 */
class DatasetBadInputTest {

	private static final String SCENES =
		"labels: {objects: [{kind: nuclei, class: nucleus, count: [1, 3], radius: [6, 9]}]}";

	@TempDir
	Path folder;

	private Path output;

	@BeforeEach
	void chooseAFolder() {
		output = folder.resolve("out");
	}

	@AfterEach
	void nothingIsBegun() {
		assertTrue(Files.notExists(output), "the output folder was made");
	}

	private static String recipe(final String labels) {
		return String.join("\n", "name: cells", "seed: 7", "items: 6",
			"size: {width: 272, height: 256}",
			"prompt: {text: \"round {colour} nuclei\", values: {colour: [green, white]}}",
			"sampling: {steps: 2}", "splits: {train: 0.5, val: 0.5}", labels);
	}

	private Call make(final String recipe) throws IOException {
		final Path file = Files.writeString(folder.resolve("cells.yaml"), recipe);
		return Call.of("dataset", file.toString(), "--output", output.toString());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', value = { //
		"seed: 7 | sead: 7 | Line 2: | \"sead\" is not known", //
		"items: 6 | items: 0 | Line 3: | 0 items", //
		"items: 6 | items: -4 | Line 3: | between 1 and 10000000", //
		"width: 272 | width: 271 | Line 4: | multiple of 16", //
		", values: {colour: [green, white]} | ` ` | Line 5: | placeholder {colour}", //
		"[green, white] | [] | Line 5: | no values", //
		"steps: 2 | stepps: 2 | Line 6: | \"stepps\" is not known", //
		"val: 0.5 | val: 0.6 | Line 7: | add up to 1.1", //
		"val: 0.5 | val: 0.495, test: 0.005 | Line 7: | is none", //
		"kind: nuclei | kind: unicorns | Line 8: | one of nuclei", //
		"name: cells | name: ../cells | Line 1: | letters" })
	void refusesRecipesWithTheirLine(final String text, final String replacement, final String line,
		final String why) throws IOException
	{
		final String recipe = recipe(SCENES);
		assertTrue(recipe.contains(text));
		make(recipe.replace(text, replacement.strip())).refused(line, why);
		assertEquals(2, Call.of("dataset", "plan", folder.resolve("cells.yaml").toString()).code());
	}

	@Test
	void refusesRecipesThatAreNone() throws IOException {
		make("").refused("empty");
		make("- a\n- b").refused("Line 1: ");
		make("name: [").refused("not YAML");
		Call.of("dataset", folder.resolve("absent.yaml").toString(), "--output", output.toString())
			.refused("absent.yaml");
	}

	private String folderOf(final ImageProcessor labels) throws IOException {
		final Path labelFolder = Files.createDirectories(folder.resolve("labels"));
		for (int i = 0; i < 2; i++)
			IJ.saveAsTiff(new ImagePlus("labels", labels),
				labelFolder.resolve("cell" + i + ".tif").toString());
		return recipe("labels: {source: folder, folder: labels}");
	}

	@Test
	void refusesLabelImagesOfAnotherSizeOrType() throws IOException {
		final ShortProcessor other = new ShortProcessor(64, 128);
		other.set(5, 1);
		make(folderOf(other)).refused("cell0.tif", "64 × 128", "272 × 256");
		make(folderOf(new ColorProcessor(272, 256))).refused("cell0.tif", "in colour");
		make(folderOf(new ShortProcessor(272, 256))).refused("cell0.tif", "no label");
		final FloatProcessor fractions = new FloatProcessor(272, 256);
		fractions.setf(9, 1.5f);
		make(folderOf(fractions)).refused("cell0.tif", "1.5");
	}

	@Test
	void refusesMoreLabelsThanSixteenBitsTellApart() throws IOException {
		final FloatProcessor many = new FloatProcessor(272, 256);
		for (int i = 0; i <= 65536; i++)
			many.setf(i, i);
		make(folderOf(many)).refused("cell0.tif", "65536 labels", "at most 65535");
	}

	@Test
	void refusesFoldersWithoutLabels() throws IOException {
		Files.createDirectories(folder.resolve("empty"));
		make(recipe("labels: {source: folder, folder: empty}"))
			.refused("no TIFF or PNG file and no ROI set");
		make(recipe("labels: {source: folder, folder: absent}")).refused("absent",
			"no such file or folder");
	}

	private String sets(final Roi... rois) throws IOException {
		for (int i = 0; i < 2; i++) {
			final Path file =
				Files.createDirectories(folder.resolve("rois")).resolve("cell" + i + ".zip");
			try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
				for (int k = 0; k < rois.length; k++) {
					zip.putNextEntry(new ZipEntry("roi" + k + ".roi"));
					zip.write(RoiEncoder.saveAsByteArray(rois[k]));
				}
			}
		}
		return recipe("labels: {source: folder, folder: rois}");
	}

	@Test
	void refusesRoiSetsThatAreNoLabels() throws IOException {
		make(sets()).refused("cell0.zip", "holds no ROI");
		make(sets(new OvalRoi(5, 5, 20, 20), new OvalRoi(300, 5, 20, 20))).refused("\"roi1.roi\"",
			"x = 300", "272 × 256");
		make(sets(new Line(5, 5, 20, 20))).refused("is a line");
		final String recipe = sets(new OvalRoi(5, 5, 20, 20));
		Files.writeString(folder.resolve("rois/cell1.zip"), "no zip");
		make(recipe).refused("cell1.zip", "cannot be read");
	}

	@Test
	void refusesAModelWithoutTheNeededAbility() throws IOException {
		final String scenes = recipe(SCENES);
		make(scenes + "\nmodel: " + Golden.model().toAbsolutePath()).refused("ControlNet");
		make(scenes + "\ncontrol: {network: cells.yaml}").refused("cells.yaml");
		make(scenes + "\nmodel: absent").refused("absent");
	}
}
