
package io.github.zimagefiji.service;

import static io.github.zimagefiji.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ControlRequest;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.ImageToImageRequest;
import io.github.zimagefiji.request.InpaintRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.OutpaintRequest;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.Tiling;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.logic.BitType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;

/** Pictures that scripts hand over by name, in every type that they have. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class ScriptPicturesTest {

	private static final int SIDE = 64;

	@TempDir
	private Path folder;

	private static ImagePlus image() {
		final ByteProcessor pixels = new ByteProcessor(SIDE, SIDE);
		for (int i = 0; i < SIDE * SIDE; i++)
			pixels.set(i, i % 200);
		return new ImagePlus("ramp", pixels);
	}

	private static GenerationRequest request(final Object... values) {
		final Map<String, Object> named = new HashMap<>(Map.of("prompt", "nuclei"));
		for (int i = 0; i < values.length; i += 2) {
			named.put((String) values[i], values[i + 1]);
		}
		return ScriptRun.of(named).request();
	}

	private static String problem(final Object... values) {
		return assertThrows(InvalidInputException.class, () -> request(values)).getMessage();
	}

	@Test
	void theNamesSayWhichKindOfRequestItIs() {
		final ImagePlus image = image();
		assertEquals(Task.TEXT_TO_IMAGE, request().task());
		assertEquals(0.3,
			assertInstanceOf(ImageToImageRequest.class, request("image", image, "strength", 0.3))
				.strength());
		final InpaintRequest inpaint =
			assertInstanceOf(InpaintRequest.class, request("image", image, "mask", image, "feather", 3));
		assertEquals(3, inpaint.feather());
		final OutpaintRequest outpaint =
			assertInstanceOf(OutpaintRequest.class, request("image", image, "left", 5, "bottom", 7));
		assertEquals(List.of(5, 0, 0, 7),
			List.of(outpaint.left(), outpaint.right(), outpaint.top(), outpaint.bottom()));
		final ControlRequest control = assertInstanceOf(ControlRequest.class,
			request("control_image", image, "preprocessor", "edges", "control_scale", 0.5));
		assertEquals(BuiltInModel.controlNet(), control.network());
		assertEquals(0.5, control.scale());
		assertEquals(2,
			assertInstanceOf(EditRequest.class, request("image", image, "images", List.of(image)))
				.images().size());
		assertEquals(BuiltInModel.editModel(), ScriptRun.of(Map.of("images", image)).model());
	}

	@Test
	void aTaskThatIsNamedCounts() {
		final ImagePlus image = image();
		image.setRoi(10, 10, 20, 20);
		final InpaintRequest inpaint =
			assertInstanceOf(InpaintRequest.class, request("task", "inpaint", "image", image));
		assertEquals("selection of ramp", inpaint.mask().name());
		assertInstanceOf(EditRequest.class, request("task", "edit", "image", image));
	}

	@Test
	void anImagePlusAFileAndAnImgOfTheSamePixelsAreTheSame() {
		final ImagePlus image = image();
		image.resetDisplayRange();
		final String file = folder.resolve("ramp.png").toString();
		assertTrue(new FileSaver(image).saveAsPng(file));
		final Img<UnsignedByteType> img =
			ArrayImgs.unsignedBytes((byte[]) image.getProcessor().getPixels(), SIDE, SIDE);
		final float[] samples = samples(image);
		assertArrayEquals(samples, samples(img));
		assertArrayEquals(samples, samples(file));
		assertArrayEquals(samples, samples(Path.of(file)));
	}

	private static float[] samples(final Object image) {
		return ((ImageToImageRequest) request("image", image, "intensity", "full")).image().samples();
	}

	@Test
	void aMaskOfImgLib2IsPaintedWhereItIsAboveZero() {
		final Img<BitType> mask = ArrayImgs.bits(SIDE, SIDE);
		mask.getAt(3, 2).set(true);
		final InpaintRequest request = (InpaintRequest) request("image", image(), "mask", mask);
		for (int i = 0; i < SIDE * SIDE; i++)
			assertEquals(i == 2 * SIDE + 3, request.mask().isPainted(i));
	}

	@Test
	void lorasAreTextFilesOrLists() {
		final LoraChoice half = new LoraChoice(Path.of("a b.safetensors"), 0.5);
		final LoraChoice whole = new LoraChoice(Path.of("c.safetensors"), 1);
		assertEquals(List.of(half, whole),
			request("lora", "a b.safetensors:0.5 | c.safetensors").text().loras());
		assertEquals(List.of(half, whole),
			request("loras", List.of("a b.safetensors:0.5", Path.of("c.safetensors"))).text().loras());
		assertEquals(List.of(new LoraChoice(Path.of("C:x"), 1)), LoraText.parse("C:x"),
			"a colon before what is no number");
		assertEquals("a | b", LoraText.with(" a", "b"));
	}

	@Test
	void tilesAreAutomaticUnlessGiven() {
		assertEquals(Tiling.AUTO, ((ImageToImageRequest) request("image", image())).tiling());
		assertEquals(Tiling.OFF,
			((ImageToImageRequest) request("image", image(), "tile", -1)).tiling());
		assertEquals(new Tiling(64, 16),
			((ImageToImageRequest) request("image", image(), "tile", 64, "tile_overlap", 16)).tiling());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "strength|0|above 0", "strength|2|at most 1", "intensity|gamma|not known",
			"channel|3|no channel 3", "task|paint|no task", "tile|65|multiple of 16",
			"reference|perhaps|true or false", "left|-1|between 0",
			"width|64|no meaning for image-to-image", "control_scale|1|no meaning for image-to-image" })
	void refusesAValueWithASentence(final String name, final String value, final String words) {
		final String problem = problem("image", image(), name, value);
		assertTrue(problem.contains(words), problem);
	}

	@Test
	void refusesPicturesThatCannotBe() {
		assertTrue(problem("image", 7).contains("The value of image is Integer; give an ImagePlus"));
		assertTrue(problem("image", "/no/such.png").contains("no image file"));
		assertTrue(
			problem("image", image(), "mask", new ImagePlus("black", new ByteProcessor(SIDE, SIDE)))
				.contains("is empty"));
		final FloatProcessor nan = new FloatProcessor(2, 2, new float[] { 0, Float.NaN, 1, 2 });
		assertTrue(problem("image", new ImagePlus("nan", nan)).contains("NaN"));
		assertTrue(problem("strength", 0.5).contains("no meaning for text-to-image"));
		assertTrue(problem("mask", image()).contains("The value image is missing"));
		assertTrue(problem("task", "inpaint", "image", image()).contains("has no selection"));
		assertTrue(problem("control_image", image(), "model", "/some/model").contains("control_model"));
		assertTrue(problem("control_image", ArrayImgs.bytes(4, 4), "preprocessor", "edges")
			.contains("takes an ImagePlus"));
		assertTrue(problem("control_image", new ImagePlus("0", new ShortProcessor(4, 4)),
			"preprocessor", "filled-labels").contains("holds no label"));
		assertRefused(() -> ScriptRun.of(Map.of("image", image())).series(),
			"A series is made from a prompt alone");
	}

	@Test
	void aMaskOfImgLib2ThatHoldsNoNumberIsRefused() {
		final Img<FloatType> mask = ArrayImgs.floats(SIDE, SIDE);
		mask.getAt(3, 2).set(1);
		mask.getAt(5, 4).set(Float.NaN);
		final String problem = problem("image", image(), "mask", mask);
		assertTrue(problem.contains("NaN at x = 5, y = 4"), problem);
	}

	@Test
	void aResultSaysThatItsMaskCoversAll() {
		final ByteProcessor white = new ByteProcessor(SIDE, SIDE);
		white.set(255);
		final ImagePlus selected = image();
		selected.setRoi(0, 0, SIDE, SIDE);
		try (Context context = new Context()) {
			final ZImageService service = context.service(ZImageService.class);
			final Map<String, Object> values = new HashMap<>(Map.of("prompt", "two round green nuclei",
				"image", image(), "mask", new ImagePlus("white", white), "steps", 1));
			assertEquals(
				List.of("The mask \"white\" covers the whole image: every pixel is painted anew."),
				service.generate(values).cautions());
			values.remove("mask");
			values.put("image", selected);
			values.put("task", "inpaint");
			assertEquals(
				List.of(
					"The mask \"selection of ramp\" covers the whole image: every pixel is painted anew."),
				service.generate(values).cautions());
			selected.setRoi(0, 0, SIDE, SIDE - 1);
			assertEquals(List.of(), service.generate(values).cautions());
		}
	}

	@Test
	void imagesOfImgLib2ComeBackInTheirOwnType() {
		final Img<UnsignedShortType> image = ArrayImgs.unsignedShorts(SIDE, SIDE);
		int i = 0;
		for (final UnsignedShortType pixel : image)
			pixel.set(i++ * 8);
		final Img<BitType> mask = ArrayImgs.bits(SIDE, SIDE);
		for (int x = 20; x < 40; x++)
			mask.getAt(x, 30).set(true);
		try (Context context = new Context()) {
			final ZImageService service = context.service(ZImageService.class);
			final Img<UnsignedShortType> changed =
				service.imageToImage(image, "two round green nuclei", 0.5, 7);
			assertEquals(SIDE, changed.dimension(0));
			final Img<UnsignedShortType> painted =
				service.inpaint(image, mask, "two round green nuclei", 7);
			int differences = 0;
			for (int y = 0; y < SIDE; y++) {
				for (int x = 0; x < SIDE; x++) {
					final boolean same = image.getAt(x, y).get() == painted.getAt(x, y).get();
					assertTrue(same || mask.getAt(x, y).get());
					if (!same) differences++;
				}
			}
			assertTrue(differences > 0);
			assertEquals(2, service.edit(image, "make it red", 7).numDimensions());
		}
	}
}
