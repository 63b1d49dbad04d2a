
package io.github.zimagefiji.dataset;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.plan.ItemLabels;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.dataset.recipe.file.RecipeWriter;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.Disks;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;

/** Folders of labels and images as people really have them. */
@Tag("engine")
class LabelFilesTest {

	@TempDir
	Path folder;

	private Recipe recipe(final String more) {
		return RecipeReader.read(
			String.join("\n", "name: cells", "items: 1", "prompt: {text: round green nuclei}",
				"sampling: {steps: 1}", "size: {width: 128, height: 128}", "splits: {train: 1}", more),
			folder);
	}

	private Recipe labels(final String more) {
		return recipe("labels: {source: folder, folder: labels" + more + "}");
	}

	private Recipe real(final String more) {
		return recipe(
			"workflow: real-edit\nlabels: {source: real, folder: labels, images: images}\n" + more);
	}

	private Path save(final String file, final ImageProcessor plane) throws IOException {
		return save(file, new ImagePlus("test", plane));
	}

	private Path save(final String file, final ImagePlus image) throws IOException {
		final Path path = folder.resolve(file);
		Files.createDirectories(path.getParent());
		assertTrue(image.getStackSize() > 1 ? new FileSaver(image).saveAsTiffStack(path.toString())
			: new FileSaver(image).saveAsTiff(path.toString()));
		return path;
	}

	private static <P extends ImageProcessor> P disks(final P plane, final int... values) {
		for (int i = 0; i < plane.getPixelCount(); i++)
			plane.set(i, values[Disks.at(i)]);
		return plane;
	}

	private static ShortProcessor right() {
		return disks(new ShortProcessor(128, 128), 0, 1, 2, 3);
	}

	private static Scene read(final Recipe recipe) {
		final ItemLabels files = ItemLabels.of(recipe);
		return files.read(files.names().get(0));
	}

	private static String refusal(final Recipe recipe) {
		return assertThrows(InvalidInputException.class, () -> read(recipe)).getMessage();
	}

	private List<String> dryRun(final Recipe recipe) {
		try (Host host = new LocalHost()) {
			return new DryRun(recipe, host, FLOAT32).lines(Shard.ALL, Progress.NONE);
		}
	}

	@Test
	void labelsWithASignAreTheirNumbers() throws IOException {
		Files.createDirectories(folder.resolve("labels"));
		Disks.signedTiff(folder.resolve("labels/a.tif"), ByteOrder.BIG_ENDIAN, 0, 1, 2, 3);
		final Scene scene = read(labels(""));
		assertEquals(3, scene.count());
		assertEquals("[317, 441, 377]", Arrays.toString(scene.areas()));
		Disks.signedTiff(folder.resolve("labels/a.tif"), ByteOrder.BIG_ENDIAN, 0, 1, -2, 3);
		assertTrue(refusal(labels("")).contains("holds -2.0"));
	}

	@Test
	void binaryMasksAreNoLabelsUnlessTheRecipeSaysSo() throws IOException {
		save("labels/a.tif", disks(new ByteProcessor(128, 128), 0, 255, 255, 255));
		final String why = refusal(labels(""));
		assertTrue(why.contains("a.tif has one label in 3 pieces") && why.contains("pieces: split"),
			why);
		assertEquals(1, read(labels(", pieces: keep")).count());
		final Scene split = read(labels(", pieces: split"));
		assertEquals("[317, 441, 377]", Arrays.toString(split.areas()));
		assertEquals(List.of("object", "object", "object"), split.classes());
	}

	@Test
	void oneObjectInOnePieceIsALabel() throws IOException {
		save("labels/a.tif", disks(new ByteProcessor(128, 128), 0, 255, 0, 0));
		assertEquals(1, read(labels("")).count());
	}

	@Test
	void smoothEdgesAndPicturesAreNoLabels() throws IOException {
		final ByteProcessor smooth = new ByteProcessor(128, 128);
		for (int i = 0; i < smooth.getPixelCount(); i++)
			smooth.set(i, (int) Math.round(255 * Disks.covered(i)));
		save("labels/a.tif", smooth);
		final String why = refusal(labels(""));
		assertTrue(why.contains("smooth edges") && why.contains("pieces: keep"), why);
		assertTrue(read(labels(", pieces: keep")).count() > 3);
		final ShortProcessor resized = (ShortProcessor) right();
		resized.setInterpolationMethod(ImageProcessor.BILINEAR);
		resized.multiply(40);
		final ImageProcessor larger = resized.resize(160, 160);
		larger.setRoi(8, 8, 128, 128);
		save("labels/a.tif", larger.crop());
		assertTrue(refusal(labels("")).contains("smooth edges"));
		final ByteProcessor picture = disks(new ByteProcessor(128, 128), 20, 120, 150, 180);
		for (int i = 0; i < picture.getPixelCount(); i++)
			picture.set(i, picture.get(i) + i * 7919 % 13);
		save("labels/a.tif", picture);
		assertTrue(refusal(labels("")).contains("is no label image"));
	}

	@Test
	void spotsOfOnePixelAndConfluentCellsAreLabels() throws IOException {
		final ShortProcessor spots = new ShortProcessor(128, 128);
		for (int n = 0; n < 200; n++)
			spots.set(n * 37 % 128, n * 3 % 128, n + 1);
		save("labels/a.tif", spots);
		assertTrue(read(labels("")).count() > 100);
		final ShortProcessor confluent = new ShortProcessor(128, 128);
		for (int i = 0; i < confluent.getPixelCount(); i++)
			confluent.set(i, 1 + i % 128 / 8 + 16 * (i / 128 / 8));
		save("labels/a.tif", confluent);
		assertEquals(256, read(labels("")).count());
	}

	@Test
	void labelsInSeveralPiecesAreToldOfEverywhere() throws IOException {
		save("labels/a.tif", disks(new ShortProcessor(128, 128), 0, 5, 7, 5));
		final List<String> dry = dryRun(labels(""));
		assertTrue(dry.contains("Labels: 1 file, 2 objects (2 in each)"), dry.toString());
		final String caution =
			"1 labelled object is in several pieces, in 1 of 1 label files, such as object 1 of a.tif, in 2 pieces.";
		assertTrue(dry.stream().anyMatch(line -> line.startsWith("Look at the labels: " + caution)),
			dry.toString());
		final List<String> warnings = new ArrayList<>();
		try (Host host = new LocalHost()) {
			assertTrue(
				DatasetForecast.of(labels(""), host, FLOAT32).cautions().get(0).startsWith(caution));
			new DatasetRun(labels(""), folder.resolve("out"), host, FLOAT32).run(false, Shard.ALL,
				Progress.NONE, warnings::add);
		}
		assertTrue(warnings.get(0).startsWith(caution), warnings.toString());
		for (final String report : List.of("report.html", "DATASHEET.md"))
			assertTrue(Files.readString(folder.resolve("out/" + report)).contains(
				"in several pieces are in 1 images, such as cells-0000 (2 objects in 3 pieces)"), report);
	}

	@Test
	void aDryRunReadsTheLabelsThatItWouldUse() throws IOException {
		save("labels/a.tif", right());
		save("labels/b.tif", new ColorProcessor(128, 128));
		final Recipe two = RecipeReader
			.read(RecipeWriter.write(labels("")).replace("\"items\": 1,", "\"items\": 2,"), folder);
		assertRefused(() -> dryRun(two), "b.tif");
		assertTrue(dryRun(labels("")).contains("Labels: 1 file, 3 objects (3 in each)"));
	}

	private Path stack(final String file, final int channels, final int slices, final int frames)
		throws IOException
	{
		final ImageStack stack = new ImageStack(128, 128);
		for (int plane = 0; plane < channels * slices * frames; plane++)
			stack.addSlice(plane == 0 ? disks(new ShortProcessor(128, 128), 0, 1, 1, 1) : right());
		final ImagePlus image = new ImagePlus("stack", stack);
		image.setDimensions(channels, slices, frames);
		image.setOpenAsHyperStack(true);
		return save(file, image);
	}

	@Test
	void ofSeveralPlanesOneMustBeChosen() throws IOException {
		stack("labels/a.tif", 1, 3, 1);
		assertTrue(refusal(labels("")).contains("has 3 slices"));
		assertEquals(3, read(labels(", slice: 2")).count());
		assertTrue(refusal(labels(", slice: 4")).contains("no slice 4"));
		stack("labels/a.tif", 2, 1, 1);
		assertTrue(refusal(labels("")).contains("has 2 channels"));
		assertEquals(3, read(labels(", channel: 2")).count());
		stack("labels/a.tif", 1, 1, 2);
		assertTrue(refusal(labels("")).contains("has 2 frames"));
		assertEquals(3, read(labels(", frame: 2")).count());
	}

	@Test
	void imagesBesideTheirLabelsAreRefused() throws IOException {
		for (final String[] pair : new String[][] { { "a.tif", "a_masks.tif" },
			{ "a.tif", "a_cp_masks.tif" }, { "a_img.tif", "a_masks.tif" },
			{ "b.ome.tif", "b_labels.ome.tif" } })
		{
			final Path images = save("labels/" + pair[0], right());
			final Path masks = save("labels/" + pair[1], right());
			final String why = refusal(labels(""));
			assertTrue(why.contains(pair[0] + " and " + pair[1] + ", an image beside its labels"), why);
			Files.delete(images);
			assertEquals(3, read(labels("")).count(), "masks alone");
			Files.delete(masks);
		}
		save("labels/a.tif", right());
		save("images/a.tif", right());
		save("images/a_masks.tif", right());
		assertTrue(refusal(real("")).contains("would be taken for real images"));
		for (final String use : List.of("workflow: style-edit\nstyle: {images: images}",
			"workflow: inpaint\nlook: {backgrounds: images}", "quality: {real-images: images}"))
			assertTrue(refusal(recipe("labels: {source: folder, folder: labels}\n" + use))
				.contains("a.tif and a_masks.tif"), use);
	}

	@Test
	void oneFolderIsNotForLabelsAndImages() throws IOException {
		save("labels/a.tif", right());
		final Recipe same = recipe(
			"workflow: real-edit\nlabels: {source: real, folder: labels, images: ./labels/../labels}");
		assertTrue(refusal(same).contains("is named for the labels and for the real images"));
		Files.createSymbolicLink(folder.resolve("images"), folder.resolve("labels"));
		assertTrue(refusal(real("")).contains("is named for the labels and for the real images"));
		assertTrue(refusal(recipe(
			"workflow: style-edit\nstyle: {images: labels}\nlabels: {source: folder, folder: labels}"))
			.contains("images that give the style"));
		Files.delete(folder.resolve("images"));
		save("images/a.tif", right());
		Files.copy(folder.resolve("images/a.tif"), folder.resolve("labels/a.tif"),
			StandardCopyOption.REPLACE_EXISTING);
		assertTrue(refusal(real("")).contains("hold the same"));
	}

	/** A camera of 12 bits in 16. */
	private void camera() throws IOException {
		final ShortProcessor image = disks(new ShortProcessor(128, 128), 200, 1200, 1500, 1700);
		for (int i = 0; i < image.getPixelCount(); i++)
			image.set(i, image.get(i) + i * 7919 % 46 - 20);
		save("images/a.tif", image);
		save("labels/a.tif", right());
	}

	private static InputImage start(final Recipe recipe) {
		final ItemInputs materials = new ItemInputs(recipe);
		return materials.of(new Plan(recipe, materials.labels().names()).item(0)).picture();
	}

	private static long levels(final InputImage image) {
		long different = 0;
		final boolean[] seen = new boolean[256];
		for (final float sample : image.samples())
			seen[Math.round(sample * 255)] = true;
		for (final boolean level : seen)
			different += level ? 1 : 0;
		return different;
	}

	@Test
	void realPixelsOfTwelveBitsKeepTheirContrast() throws IOException {
		camera();
		final InputImage picture = start(real(""));
		assertEquals(IntensityRange.PERCENTILES, picture.mapping().range());
		assertTrue(levels(picture) > 15, levels(picture) + " levels");
		final InputImage full = start(real("reading: {intensity: full}"));
		assertEquals(65535.0, full.mapping().high().get(0));
		assertTrue(levels(full) < 10, levels(full) + " levels");
		final InputImage shown = start(real("reading: {intensity: display}"));
		assertTrue(shown.mapping().high().get(0) < 1800, shown.mapping().toString());
	}

	@Test
	void realPixelsOfEightBitsStayAsTheyAre() throws IOException {
		save("labels/a.tif", right());
		save("images/a.tif", disks(new ByteProcessor(128, 128), 10, 100, 120, 140));
		assertEquals(255.0, start(real("")).mapping().high().get(0));
	}

	@Test
	void backgroundsAreReadInTheSameWay() throws IOException {
		camera();
		final Recipe recipe =
			recipe("workflow: inpaint\ncontrol: {network: built-in}\nlook: {backgrounds: images}\n" +
				"labels: {source: folder, folder: labels}");
		assertTrue(levels(start(recipe)) > 15);
	}

	@Test
	void ofRealImagesAPlaneCanBeChosen() throws IOException {
		camera();
		Files.delete(folder.resolve("images/a.tif"));
		stack("images/a.tif", 1, 2, 1);
		assertRefused(() -> start(real("")), "has 2 slices");
		assertFalse(levels(start(real("reading: {slice: 2}"))) < 3);
	}
}
