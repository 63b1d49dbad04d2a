
package io.github.zimagefiji.dataset;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.io.RoiEncoder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.folder.DatasetFolder;
import io.github.zimagefiji.dataset.folder.ItemRecord;
import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.plan.Shard;
import io.github.zimagefiji.dataset.recipe.Camera;
import io.github.zimagefiji.dataset.recipe.ControlSettings;
import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Look;
import io.github.zimagefiji.dataset.recipe.ObjectKind;
import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.RecipeBuilder;
import io.github.zimagefiji.dataset.recipe.Sampling;
import io.github.zimagefiji.dataset.recipe.Splits;
import io.github.zimagefiji.dataset.recipe.Workflow;
import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;

/** Each way from labels to images, with the built-in model. */
@Tag("engine")
class WorkflowsTest {

	private static final Population NUCLEI =
		Population.of(ObjectKind.NUCLEI, "nucleus", new Range(2, 4));

	@TempDir
	Path folder;

	private final List<String> warnings = new ArrayList<>();

	private static RecipeBuilder recipe(final Workflow workflow, final int items) {
		return Recipe.builder("set").items(items).workflow(workflow).prompt("three round green nuclei")
			.sampling(new Sampling(128, 128, 8, null, 0.5, 0)).splits(new Splits(1, 0, 0));
	}

	private List<ItemRecord> make(final Recipe recipe, final String output) {
		final Path root = folder.resolve(output);
		try (Host host = new LocalHost()) {
			new DatasetRun(recipe, root, host, FLOAT32).run(false, Shard.ALL, Progress.NONE,
				warnings::add);
		}
		final DatasetFolder made = new DatasetFolder(root);
		final List<ItemRecord> records = new ArrayList<>();
		for (int i = 0; i < recipe.items(); i++)
			records.add(made.record(Plan.of(recipe).item(i).name()));
		return records;
	}

	private static double meanIou(final List<ItemRecord> records) {
		return records.stream().mapToDouble(record -> record.numbers("ious")[0]).average()
			.orElseThrow();
	}

	@Test
	void controlledImagesKeepToTheirLabelsAndUncontrolledOnesAreRejected() throws IOException {
		final QualityLimits limits = new QualityLimits(0.6, null, 1, 1, null);
		final List<ItemRecord> followed =
			make(recipe(Workflow.CONTROL, 3).objects(NUCLEI).quality(limits).build(), "followed");
		assertTrue(meanIou(followed) > 0.8, "mean IoU " + meanIou(followed));
		assertTrue(followed.stream().allMatch(ItemRecord::isAccepted));
		final List<ItemRecord> free = make(recipe(Workflow.CONTROL, 3).objects(NUCLEI).quality(limits)
			.control(new ControlSettings(null, 0)).build(), "free");
		assertTrue(meanIou(free) < 0.4, "mean IoU " + meanIou(free));
		assertTrue(free.stream().noneMatch(ItemRecord::isAccepted));
		assertEquals(2, free.get(0).numbers("ious").length, "every item was tried again once");
		assertFalse(Files.exists(folder.resolve("free/tiff")),
			"rejected images are not part of the dataset");
		final String report = Files.readString(folder.resolve("free/report.html"));
		assertTrue(report.contains("Items rejected after all retries: 3") &&
			report.contains("data:image/png;base64,"));
	}

	@Test
	void filesOfAnItemThatCameToBeRejectedAreRemoved() throws IOException {
		final Recipe recipe =
			recipe(Workflow.CONTROL, 2).objects(NUCLEI).control(new ControlSettings(null, 0))
				.quality(new QualityLimits(0.9, null, 0, 1, null)).build();
		make(recipe, "out");
		final Path stale =
			Files.createDirectories(folder.resolve("out/tiff/train/images")).resolve("set-0001.tif");
		Files.writeString(stale, "from another machine, whose run was killed before its record");
		try (Host host = new LocalHost()) {
			new DatasetRun(recipe, folder.resolve("out"), host, FLOAT32).run(true, Shard.ALL,
				Progress.NONE, warnings::add);
		}
		assertFalse(Files.exists(stale));
		assertTrue(Files.exists(folder.resolve("out/records/set-0001.json")));
	}

	@Test
	void imagesFromARenderingKeepToTheirLabelsAndAreNoRenderingAnyMore() {
		final Recipe recipe = recipe(Workflow.IMAGE_TO_IMAGE, 3).objects(NUCLEI)
			.look(new Look("green", new Range(0.7, 1), 0.03, null)).build();
		assertTrue(meanIou(make(recipe, "out")) > 0.7);
		final ImageProcessor green =
			IJ.openImage(folder.resolve("out/tiff/train/images/set-0000.tif").toString()).getProcessor();
		final ImageProcessor labels =
			IJ.openImage(folder.resolve("out/tiff/train/labels/set-0000.tif").toString()).getProcessor();
		long different = 0;
		for (int i = 0; i < labels.getPixelCount(); i++)
			if (labels.get(i) == 1) different |= 1L << ((green.get(i) >> 8 & 0xff) >> 2);
		assertTrue(Long.bitCount(different) > 5, "brightness varies inside an object");
	}

	@Test
	void objectsArePaintedIntoABackgroundThatStaysAsItWas() throws IOException {
		final Path backgrounds = Files.createDirectories(folder.resolve("backgrounds"));
		final ByteProcessor ramp = new ByteProcessor(128, 128);
		for (int i = 0; i < ramp.getPixelCount(); i++)
			ramp.set(i, i % 128 / 8);
		IJ.saveAsTiff(new ImagePlus("ramp", ramp), backgrounds.resolve("ramp.tif").toString());
		final Recipe recipe = recipe(Workflow.INPAINT, 2).control(ControlSettings.BUILT_IN)
			.objects(NUCLEI).look(new Look("white", new Range(1, 1), 0, backgrounds)).build();
		assertTrue(meanIou(make(recipe, "out")) > 0.6);
		final ImageProcessor image =
			IJ.openImage(folder.resolve("out/tiff/train/images/set-0001.tif").toString()).getProcessor();
		final ImageProcessor labels =
			IJ.openImage(folder.resolve("out/tiff/train/labels/set-0001.tif").toString()).getProcessor();
		for (int i = 0; i < labels.getPixelCount(); i++)
			if (labels.get(i) == 0)
				assertEquals(i % 128 / 8 * 0x10101, image.get(i) & 0xffffff, "background pixel " + i);
	}

	@Test
	void objectsArePaintedWithoutAControlNetToo() {
		final Recipe recipe = recipe(Workflow.INPAINT, 3).objects(NUCLEI)
			.look(new Look("green", new Range(0.7, 1), 0.03, null)).build();
		final List<ItemRecord> records = make(recipe, "out");
		assertTrue(meanIou(records) > 0.7, "mean IoU " + meanIou(records));
		final String inputs = records.get(0).text("inputs");
		assertTrue(inputs.matches("image: rendering of .* on background; mask: objects of .*"), inputs);
	}

	@Test
	void imagesFromTextAloneAreMarkedAsHavingNoGroundTruth() throws IOException {
		final ItemRecord record =
			make(recipe(Workflow.TEXT_ONLY, 1).outputs(OutputFormat.OME_ZARR).build(), "out").get(0);
		assertEquals("false", record.text("ground_truth"));
		assertTrue(
			Files.readString(folder.resolve("out/DATASHEET.md")).contains("There is no ground truth"));
		assertFalse(Files.exists(folder.resolve("out/ome-zarr/train/set-0000.zarr/labels")));
	}

	@Test
	void aCameraGivesSixteenBitsWithItsOffset() {
		make(recipe(Workflow.CONTROL, 1).objects(NUCLEI).camera(new Camera(0.5, 200, 0, 2, 10, 1000))
			.build(), "out");
		final ImagePlus image =
			IJ.openImage(folder.resolve("out/tiff/train/images/set-0000.tif").toString());
		assertEquals(16, image.getBitDepth());
		assertTrue(image.getStatistics().min > 800 && image.getStatistics().min < 1100,
			"darkest: " + image.getStatistics().min);
		assertTrue(image.getStatistics().max > 2000, "brightest: " + image.getStatistics().max);
	}

	private Path real() throws IOException {
		final Path images = Files.createDirectories(folder.resolve("images"));
		final Path labels = Files.createDirectories(folder.resolve("labels"));
		for (int n = 0; n < 2; n++) {
			final ShortProcessor label = new ShortProcessor(128, 128);
			final ByteProcessor image = new ByteProcessor(128, 128);
			for (int i = 0; i < label.getPixelCount(); i++) {
				final int object = Math.hypot(i % 128 - 40, i / 128 - 40 - 4 * n) < 10 ? 300
					: Math.hypot(i % 128 - 90, i / 128 - 85) < 12 ? 7 : 0;
				label.set(i, object);
				image.set(i, object > 0 ? 180 + i % 16 : 12);
			}
			IJ.saveAsTiff(new ImagePlus("image", image), images.resolve("cell" + n + ".tif").toString());
			IJ.saveAsTiff(new ImagePlus("labels", label), labels.resolve("cell" + n + ".tif").toString());
		}
		return labels;
	}

	@Test
	void objectsOfRealImagesAreMovedWithTheirPixelsAndTheirGapsPainted() throws IOException {
		final Path labels = real();
		final Recipe recipe = recipe(Workflow.REAL_EDIT, 4).prompt("dark background")
			.splits(new Splits(0.5, 0, 0.5)).labels(new LabelSource.RealImages(folder.resolve("images"),
				labels, new Edits(0.5, new Range(6, 15), 0, Range.of(1), 0.3, 0.2)))
			.build();
		final List<ItemRecord> records = make(recipe, "out");
		assertTrue(meanIou(records) > 0.7, "mean IoU " + meanIou(records));
		assertEquals(records.get(0).split(), records.get(2).split(), "both of cell0.tif");
		assertFalse(records.get(0).split() == records.get(1).split());
		assertFalse(records.get(0).text("labels_sha256").equals(records.get(2).text("labels_sha256")),
			"each turn has other changes");
	}

	@Test
	void refusesRealImagesWithoutRoomForAChange() throws IOException {
		final Path labels = real();
		final Recipe recipe =
			recipe(Workflow.REAL_EDIT, 2).labels(new LabelSource.RealImages(folder.resolve("images"),
				labels, new Edits(0, new Range(1, 3), 0, Range.of(1), 0, 1))).build();
		assertRefused(() -> make(recipe, "out"), "finds room for a change");
	}

	/** Two objects, the second of a group. */
	private static void rois(final Path file, final int shift) throws IOException {
		final Roi second = new OvalRoi(78, 73, 24, 24);
		second.setGroup(2);
		try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
			for (final Roi roi : List.of(new OvalRoi(30, 30 + shift, 20, 20), second)) {
				zip.putNextEntry(new ZipEntry(roi.getBounds().x + ".roi"));
				zip.write(RoiEncoder.saveAsByteArray(roi));
			}
		}
	}

	@Test
	void roiSetsAreLabelsWithClassesAndStayInTheirSplit() throws IOException {
		final Path source = Files.createDirectories(folder.resolve("rois"));
		rois(source.resolve("a.zip"), 0);
		rois(source.resolve("b.zip"), 5);
		final Recipe recipe = recipe(Workflow.CONTROL, 4).splits(new Splits(0.5, 0, 0.5))
			.outputs(OutputFormat.TIFF, OutputFormat.COCO).labels(new LabelSource.Folder(source)).build();
		final List<ItemRecord> records = make(recipe, "out");
		assertTrue(meanIou(records) > 0.7, "mean IoU " + meanIou(records));
		assertEquals(List.of("a.zip", "b.zip", "a.zip", "b.zip"),
			records.stream().map(record -> record.text("source")).toList());
		assertEquals(records.get(0).split(), records.get(2).split());
		assertFalse(records.get(0).split() == records.get(1).split());
		final Scene scene = RoiSet.open(source.resolve("a.zip")).scene(128, 128, "object");
		final ImageProcessor labels = IJ
			.openImage(folder
				.resolve("out/tiff/" + records.get(0).split().label() + "/labels/set-0000.tif").toString())
			.getProcessor();
		for (int i = 0; i < labels.getPixelCount(); i++)
			assertEquals(scene.labels()[i], labels.get(i));
		final String coco = Files.readString(folder.resolve("out/coco/instances_train.json"));
		assertTrue(coco.contains("{\"id\":1,\"name\":\"group 2\"},{\"id\":2,\"name\":\"object\"}"),
			coco);

		rois(source.resolve("b.zip"), 6);
		assertRefused(() -> {
			try (Host host = new LocalHost()) {
				new DatasetRun(recipe, folder.resolve("out"), host, FLOAT32).run(true, Shard.ALL,
					Progress.NONE, warnings::add);
			}
		}, "source images have changed");
	}

	@Test
	void realImagesFindTheirRoiSetsByName() throws IOException {
		real();
		final Path sets = Files.createDirectories(folder.resolve("sets"));
		rois(sets.resolve("cell0.zip"), 0);
		rois(sets.resolve("cell1.zip"), 4);
		final Recipe recipe = recipe(Workflow.REAL_EDIT, 2).prompt("dark background")
			.outputs(OutputFormat.COCO).labels(new LabelSource.RealImages(folder.resolve("images"), sets,
				new Edits(0, new Range(25, 32), 0, Range.of(1), 0, 1)))
			.build();
		final List<ItemRecord> records = make(recipe, "out");
		assertEquals("cell1.zip", records.get(1).text("source"));
		assertTrue(Integer.parseInt(records.get(0).text("objects")) > 2, "objects were duplicated");
		final String objects = Files.readString(folder.resolve("out/coco/.objects/set-0000.json"));
		assertEquals(2, objects.split("\"group 2\"", -1).length - 1,
			"a copy has the class of what was copied");

		rois(sets.resolve("cell2.zip"), 4);
		assertRefused(() -> make(recipe, "other"), "For the labels cell2.zip");
		Files.copy(folder.resolve("labels/cell0.tif"), sets.resolve("cell0.tif"));
		assertRefused(() -> make(recipe, "other"), "labels of the same image");
	}

	@ParameterizedTest
	@CsvSource({ "FLOAT32, 2, threads 1, threads 2", "BFLOAT16, 1, float32, bfloat16" })
	void goingOnWithOtherThreadsOrPrecisionWarns(final Precision precision, final int threads,
		final String before, final String after)
	{
		final Recipe recipe = recipe(Workflow.TEXT_ONLY, 2).build();
		try (Host host = new LocalHost()) {
			new DatasetRun(recipe, folder.resolve("out"), host, FLOAT32).run(false, new Shard(0, 2),
				Progress.NONE, warnings::add);
			assertEquals(List.of(), warnings);
			new DatasetRun(recipe, folder.resolve("out"), host,
				new ComputeOptions("cpu", precision, threads))
				.run(true, Shard.ALL, Progress.NONE, warnings::add);
		}
		assertEquals(1, warnings.size());
		assertTrue(warnings.get(0).contains(before) && warnings.get(0).contains(after),
			warnings.get(0));
	}

	private String refusal(final String name, final ImageProcessor labels) throws IOException {
		final Path source = Files.createDirectories(folder.resolve(name));
		IJ.saveAsTiff(new ImagePlus("labels", labels), source.resolve("labels.tif").toString());
		final Recipe recipe =
			recipe(Workflow.CONTROL, 1).labels(new LabelSource.Folder(source)).build();
		final String message =
			assertThrows(InvalidInputException.class, () -> make(recipe, name + "-out")).getMessage();
		assertFalse(Files.exists(folder.resolve(name + "-out")), "nothing is begun");
		return message;
	}

	@Test
	void refusesLabelImagesThatAreNone() throws IOException {
		assertTrue(refusal("size", new ShortProcessor(64, 128)).contains("no label"));
		final ShortProcessor other = new ShortProcessor(64, 128);
		other.set(5, 1);
		assertTrue(refusal("other", other).contains("64 × 128"));
		final FloatProcessor fractions = new FloatProcessor(128, 128);
		fractions.setf(9, 1.5f);
		assertTrue(refusal("float", fractions).contains("1.5"));
		assertTrue(refusal("rgb", new ColorProcessor(128, 128)).contains("colour"));
		final Path empty = Files.createDirectories(folder.resolve("empty"));
		assertRefused(
			() -> make(recipe(Workflow.CONTROL, 1).labels(new LabelSource.Folder(empty)).build(),
				"empty-out"),
			"holds no TIFF or PNG");
	}
}
