
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Line;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ImageProvenance;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.service.ZImageService;

/**
 * The commands that start from an image, in a real SciJava context with real runs of the built-in
 * models.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class PictureCommandsTest extends ScijavaFixture {

	private static final int SIDE = 64;

	@TempDir
	private Path folder;

	private ImagePlus run(final Class<? extends Command> command, final ImagePlus image,
		final Object... values) throws InterruptedException, ExecutionException
	{
		final Map<String, Object> inputs = new HashMap<>(
			Map.of("image", image, "prompt", "two round green nuclei", "seed", 7L, "steps", 2));
		for (int i = 0; i < values.length; i += 2) {
			inputs.put((String) values[i], values[i + 1]);
		}
		return (ImagePlus) context.service(CommandService.class).run(command, true, inputs).get()
			.getOutput("result");
	}

	private String problem(final Class<? extends Command> command, final ImagePlus image,
		final Object... values)
	{
		return sentence(assertThrows(Exception.class, () -> run(command, image, values)));
	}

	/** What the validation of a value says, or the run. */
	private static String sentence(final Exception exception) {
		Throwable failure = exception;
		while (failure.getCause() != null && !(failure instanceof InvalidInputException)) {
			failure = failure.getCause();
		}
		return String.valueOf(failure.getMessage());
	}

	/**
	 * A 16-bit image with a bright spot, displayed from 100 to 1100, with all that people add to
	 * images.
	 */
	private static ImagePlus spot16() {
		final ShortProcessor pixels = new ShortProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++) {
			final double d = Math.hypot(i % SIDE - 32, i / SIDE - 32);
			pixels.set(i, (int) Math.round(100 + 900 * Math.exp(-d * d / 200)) + i % 7);
		}
		final ImagePlus image = new ImagePlus("spot", pixels);
		image.setDisplayRange(100, 1100);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("micron");
		image.setRoi(new OvalRoi(20, 20, 24, 24));
		image.setOverlay(new Overlay(new Roi(1, 2, 3, 4)));
		return image;
	}

	private static ImagePlus labels() {
		final ShortProcessor pixels = new ShortProcessor(SIDE, SIDE);
		for (int i = 1; i <= 2; i++) {
			pixels.setValue(i);
			pixels.fill(new OvalRoi(28 * i - 20, 20, 20, 24));
		}
		return new ImagePlus("labels", pixels);
	}

	private static Conditions conditions(final ImagePlus image) {
		return ImageProvenance.of(image).orElseThrow().conditions();
	}

	@Test
	void imageToImageGivesTypeScaleAndMarksOfItsSourceAndLeavesTheSourceAlone() throws Exception {
		final ImagePlus source = spot16();
		final short[] before = ((short[]) source.getProcessor().getPixels()).clone();
		final ImagePlus made = run(ImageToImage.class, source, "strength", 0.7);
		assertEquals(16, made.getBitDepth());
		assertEquals(SIDE, made.getWidth());
		assertEquals("two round green nuclei (seed 7)", made.getTitle());
		assertEquals(100, made.getDisplayRangeMin());
		assertEquals(1100, made.getDisplayRangeMax());
		assertEquals(0.25, made.getCalibration().pixelWidth);
		assertEquals("micron", made.getCalibration().getUnit());
		assertEquals(source.getRoi().getBounds(), made.getRoi().getBounds());
		assertEquals(1, made.getOverlay().size());
		assertEquals(0.7, conditions(made).strength());
		assertEquals("spot", conditions(made).inputs().get(0).name());
		assertArrayEquals(before, (short[]) source.getProcessor().getPixels());
		assertNotEquals(0, differences(source, made, false));
	}

	@Test
	void severalImagesBecomeAStackOfTheSourcesType() throws Exception {
		final ImagePlus made = run(ImageToImage.class, spot16(), "image_count", 2);
		assertEquals(2, made.getStackSize());
		assertEquals(16, made.getBitDepth());
	}

	@ParameterizedTest
	@CsvSource({ "display, 100, 1100", "full, 0, 65535" })
	void theIntensitiesOfOnesChoiceAreUsedAndRecorded(final String range, final double low,
		final double high) throws Exception
	{
		final Conditions.Input input =
			conditions(run(ImageToImage.class, spot16(), "intensity", range)).inputs().get(0);
		assertEquals(range, input.mapping().range().label());
		assertEquals(List.of(low), input.mapping().low());
		assertEquals(List.of(high), input.mapping().high());
	}

	/** Pixels that differ, within the source's selection or outside. */
	private static int differences(final ImagePlus source, final ImagePlus made,
		final boolean outside)
	{
		int count = 0;
		for (int y = 0; y < SIDE; y++) {
			for (int x = 0; x < SIDE; x++) {
				if (source.getRoi().contains(x, y) == outside) continue;
				if (source.getProcessor().get(x, y) != made.getProcessor().get(x, y)) count++;
			}
		}
		return count;
	}

	@Test
	void inpaintingChangesTheSelectionAndNothingElseToTheBit() throws Exception {
		final ImagePlus source = spot16();
		final ImagePlus made = run(Inpaint.class, source, "strength", 0.9);
		assertEquals(0, differences(source, made, true));
		assertTrue(differences(source, made, false) > 100);
		assertEquals(4, conditions(made).feather());
		assertEquals("selection of spot", conditions(made).inputs().get(1).name());
	}

	@ParameterizedTest
	@CsvSource({ "mask, 0", "auto, 0", "labels, 0", "labels, 2" })
	void inpaintingTakesAMaskOrALabelImage(final String from, final int label) throws Exception {
		final ImagePlus source = spot16();
		final ImagePlus mask = labels();
		mask.getProcessor().setMinAndMax(0, 2);
		final ImagePlus made =
			run(Inpaint.class, source, "mask", mask, "mask_from", from, "label", label, "feather", 0);
		for (int i = 0; i < SIDE * SIDE; i++) {
			final int value = mask.getProcessor().get(i);
			if (value == 0 || label == 2 && value == 1)
				assertEquals(source.getProcessor().get(i), made.getProcessor().get(i));
		}
		assertEquals(label == 0 ? "labels" : "labels, label 2",
			conditions(made).inputs().get(1).name());
	}

	@Test
	void outpaintingExtendsTheImageAndShiftsItsOriginAndMarks() throws Exception {
		final ImagePlus source = spot16();
		final ImagePlus made = run(Outpaint.class, source, "left", 16, "top", 8, "right", 3);
		assertEquals(SIDE + 19, made.getWidth());
		assertEquals(SIDE + 8, made.getHeight());
		assertEquals(16, made.getCalibration().xOrigin);
		assertEquals(8, made.getCalibration().yOrigin);
		assertEquals(36, made.getRoi().getBounds().x);
		for (int y = 0; y < SIDE; y++) {
			for (int x = 0; x < SIDE; x++) {
				assertEquals(source.getProcessor().get(x, y), made.getProcessor().get(x + 16, y + 8));
			}
		}
		assertEquals(List.of(16, 3, 8, 0), conditions(made).borders());
	}

	@Test
	void controlFollowsAPictureMadeOfLabelsWithTheBuiltInControlNet() throws Exception {
		final ImagePlus source = labels();
		source.getCalibration().pixelWidth = 0.5;
		final ImagePlus made =
			run(Control.class, source, "preprocessor", "filled-labels", "control_scale", 0.9);
		assertEquals(ImagePlus.COLOR_RGB, made.getType());
		assertEquals(SIDE, made.getWidth());
		assertEquals(0.5, made.getCalibration().pixelWidth);
		assertEquals(0.9, conditions(made).control().scale());
		assertEquals("control", conditions(made).inputs().get(0).role());
	}

	@Test
	void controlPaintsIntoAnotherImageAndLeavesTheRestOfItAlone() throws Exception {
		final ImagePlus target = spot16();
		final ImagePlus made =
			run(Control.class, labels(), "preprocessor", "mask", "paint_into", target);
		assertEquals(16, made.getBitDepth());
		assertEquals(0, differences(target, made, true));
		assertTrue(differences(target, made, false) > 100);
	}

	@Test
	void editingUsesTheBuiltInEditingModelAndFurtherImages() throws Exception {
		final ColorProcessor pixels = new ColorProcessor(SIDE, SIDE);
		pixels.setColor(0x00c000);
		pixels.fill(new OvalRoi(20, 20, 24, 24));
		final ImagePlus made =
			run(EditImage.class, new ImagePlus("green", pixels), "prompt", "make it red");
		assertEquals(ImagePlus.COLOR_RGB, made.getType());
		assertEquals(SIDE, made.getWidth());
		assertEquals("reference", conditions(made).inputs().get(0).role());
		assertEquals(
			context.service(ZImageService.class).inspect(BuiltInModel.editModel()).fingerprint(),
			ImageProvenance.of(made).orElseThrow().model().fingerprint());
	}

	@Test
	void aModelThatCannotEditIsRefusedWithThoseThatCan() {
		final String problem =
			problem(EditImage.class, spot16(), "model_folder", BuiltInModel.folder().toFile());
		assertTrue(problem.contains("cannot edit") && problem.contains(BuiltInModel.EDIT_NAME) &&
			problem.contains("Image to Image..."), problem);
	}

	@Test
	void aLoraChangesTheImageAndIsRecorded() throws Exception {
		final ImagePlus plain = run(ImageToImage.class, spot16());
		final ImagePlus grainy =
			run(ImageToImage.class, spot16(), "lora", BuiltInModel.grainyLora() + ":0.8");
		assertNotEquals(0, differences(plain, grainy, false));
		assertEquals(0.8, conditions(grainy).loras().get(0).scale());
		final ImagePlus none = run(ImageToImage.class, spot16(), "lora",
			BuiltInModel.grainyLora() + ":0 | " + BuiltInModel.grainyLora() + ":0");
		assertEquals(0, differences(plain, none, false) + differences(plain, none, true));
	}

	@Test
	void tilesAreUsedAndRecorded() throws Exception {
		final ImagePlus large = new ImagePlus("large", spot16().getProcessor().resize(128, 128));
		assertEquals("tiles of 64 x 64, overlap 32 x 32",
			conditions(run(ImageToImage.class, large, "tile", 64, "tile_overlap", 32)).tiles());
		assertEquals("whole", conditions(run(ImageToImage.class, large, "tile", -1)).tiles());
	}

	@ParameterizedTest
	@CsvSource({ "strength, 0, must be above 0", "strength, 1.5, at most 1",
		"tile, 65, multiple of 16", "tile_overlap, 7, multiple of 16", "channel, 2, no channel 2",
		"intensity, gamma, not known", "lora, /no/such.safetensors, /no/such.safetensors" })
	void refusesAValueOfImageToImage(final String name, final String value, final String words) {
		final String problem = problem(ImageToImage.class, spot16(), name, value);
		assertTrue(problem.contains(words), problem);
	}

	@Test
	void strengthOneKeepsNothingAndIsAllowed() throws Exception {
		assertEquals(1.0, conditions(run(ImageToImage.class, spot16(), "strength", 1.0)).strength());
	}

	@Test
	void refusesMasksThatCannotBe() {
		final ImagePlus source = spot16();
		assertTrue(problem(Inpaint.class, source, "mask",
			new ImagePlus("small", new ByteProcessor(32, 32)), "mask_from", "mask").contains("is empty"));
		final ByteProcessor white = new ByteProcessor(32, 32);
		white.invert();
		assertTrue(
			problem(Inpaint.class, source, "mask", new ImagePlus("small", white)).contains("same size"));
		assertTrue(
			problem(Inpaint.class, source, "mask", new ImagePlus("black", new ShortProcessor(SIDE, SIDE)),
				"mask_from", "labels").contains("holds no label"));
		assertTrue(problem(Inpaint.class, source, "mask_from", "mask").contains("Choose the mask"));
		source.deleteRoi();
		assertTrue(problem(Inpaint.class, source).contains("has no selection"));
		source.setRoi(new Line(1, 1, 20, 20));
		assertTrue(problem(Inpaint.class, source).contains("is no area"));
	}

	@Test
	void aMaskThatCoversEverythingPaintsEverything() throws Exception {
		final ImagePlus source = spot16();
		source.setRoi(0, 0, SIDE, SIDE);
		assertTrue(differences(source, run(Inpaint.class, source, "feather", 0), false) > SIDE);
	}

	@Test
	void refusesImagesThatCannotBe() {
		final FloatProcessor nan = new FloatProcessor(SIDE, SIDE);
		nan.setf(5, 0, Float.NaN);
		assertTrue(problem(ImageToImage.class, new ImagePlus("nan", nan)).contains("NaN"));
		nan.setf(5, 0, Float.POSITIVE_INFINITY);
		assertTrue(problem(ImageToImage.class, new ImagePlus("inf", nan)).contains("Infinity"));
		assertTrue(problem(ImageToImage.class, new ImagePlus("pixel", new ByteProcessor(1, 1)))
			.contains("at least 16 are needed"));
		assertTrue(problem(Outpaint.class, spot16()).contains("nothing to paint"));
		assertTrue(
			problem(Control.class, spot16(), "preprocessor", "filled-labels", "controlnet", "/no/such")
				.contains("/no/such"));
		assertTrue(problem(Control.class, new ImagePlus("none", new ShortProcessor(SIDE, SIDE)),
			"preprocessor", "filled-labels").contains("holds no label"));
		assertTrue(
			problem(EditImage.class, new ImagePlus("tiny", new ByteProcessor(32, 32))).contains("64"));
		assertTrue(problem(EditImage.class, spot16(), "more_images", "not there")
			.contains("No image \"not there\" is open"));
	}

	@Test
	void ofAnRgbStackTheSliceThatIsShownIsUsed() throws Exception {
		final ImageStack stack = new ImageStack(SIDE, SIDE);
		for (int i = 0; i < 3; i++) {
			final ColorProcessor slice = new ColorProcessor(SIDE, SIDE);
			slice.set(0, 0, i);
			stack.addSlice(slice);
		}
		final ImagePlus image = new ImagePlus("stack", stack);
		image.setSlice(3);
		image.setRoi(10, 10, 20, 20);
		final ImagePlus made = run(Inpaint.class, image);
		assertEquals(1, made.getStackSize());
		assertEquals(2, made.getProcessor().get(0, 0) & 0xffffff);
	}

	@Test
	void withoutAnImageItSaysWhatToDo() {
		final String problem = sentence(assertThrows(Exception.class, () -> context
			.service(CommandService.class).run(Inpaint.class, true, Map.of("prompt", "x")).get()));
		assertTrue(problem.contains("No image is open. Open the image"), problem);
	}

	@Test
	void whatALoraHoldsThatTheModelDoesNotKnowIsCountedAndNamedInTheLog() throws Exception {
		final List<String> lines = new CopyOnWriteArrayList<>();
		context.service(LogService.class).addLogListener(message -> lines.add(message.text()));
		run(ImageToImage.class, spot16(), "lora", LoraFiles.withUnknownTensor(BuiltInModel.grainyLora(),
			folder.resolve("unknown.safetensors")) + ":partial");
		assertTrue(
			lines.stream()
				.anyMatch(line -> line.contains("1 tensors of the LoRA") && line.contains("some.thing")),
			lines.toString());
	}
}
