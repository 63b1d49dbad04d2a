
package io.github.zimagefiji.cli.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.OvalRoi;
import ij.plugin.filter.GaussianBlur;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.cli.Call;
import io.github.zimagefiji.cli.Drawn;
import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.Conditions;
import io.github.zimagefiji.request.IntensityRange;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.weights.Checkpoint;

/** Real runs of {@code zimage image-to-image}. */
@Tag("engine")
class ImageToImageSubcommandTest {

	@TempDir
	Path folder;

	private Path file(final String name) {
		return folder.resolve(name);
	}

	private Call run(final Path image, final Path output, final Object... more) {
		final Object[] args = new Object[more.length + 4];
		System.arraycopy(new Object[] { "--image", image, "--output", output }, 0, args, 0, 4);
		System.arraycopy(more, 0, args, 4, more.length);
		return Call.tiny("image-to-image", args).succeeded();
	}

	private ImageProcessor result(final Path image, final Object... more) {
		final Object[] args = Arrays.copyOf(more, more.length + 2);
		// of two steps the second; with both, nothing of the image would be left
		System.arraycopy(new Object[] { "--strength", 0.5 }, 0, args, more.length, 2);
		run(image, file("result.png"), args);
		return Drawn.open(file("result.png")).getProcessor();
	}

	@ParameterizedTest
	@ValueSource(strings = { "out.png", "out.tif" })
	void aSizeThatIsNoMultipleOf16ComesBackAsItIs(final String output) {
		run(Golden.path("images/odd.png"), file(output)).told("73 × 119 pixels");
		Drawn.assertSize(73, 119, Drawn.open(file(output)));
	}

	@Test
	void sixteenBitsComeBackAtTheirScale() {
		final ShortProcessor cells = Drawn.shorts(100, 90, (x, y) -> 1000);
		cells.setValue(5000);
		cells.fill(new OvalRoi(15, 20, 30, 30));
		cells.fill(new OvalRoi(60, 50, 26, 26));
		new GaussianBlur().blurGaussian(cells, 1.5);
		final ImagePlus image = new ImagePlus("cells", cells);
		image.setDisplayRange(800, 6000);
		image.getCalibration().setUnit("µm");
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.25;
		Drawn.tiff(file("cells.tif"), image);
		Call
			.with(BuiltInModel.folder(), "image-to-image", "--image", file("cells.tif"), "--strength",
				"0.01", "--output", file("out.tif"))
			.succeeded().told("cells.tif, 100 × 90 pixels, 16-bit from 800.0 to 6000.0 (display)");
		final ImagePlus made = Drawn.open(file("out.tif"));
		assertEquals(16, made.getBitDepth());
		assertEquals(0.25, made.getCalibration().pixelWidth);
		assertEquals("µm", made.getCalibration().getUnit());
		assertEquals(800, made.getDisplayRangeMin());
		assertEquals(6000, made.getDisplayRangeMax());
		// nearly nothing is changed, so what comes back is what the autoencoder
		// makes of the values
		double difference = 0;
		for (int i = 0; i < cells.getPixelCount(); i++)
			difference +=
				Math.abs(cells.get(i) - made.getProcessor().get(i)) / (double) cells.getPixelCount();
		assertTrue(difference < 150, "mean difference " + difference + " of 4000");
		assertEquals(Task.IMAGE_TO_IMAGE,
			TiffFile.readProvenance(file("out.tif")).orElseThrow().conditions().task());
	}

	@Test
	void pngFilesAre8BitColourWhateverTheImageWas() {
		run(Drawn.tiff16(file("in.tif"), 32, 16), file("out.png"));
		assertEquals(24, Drawn.open(file("out.png")).getBitDepth());
		assertEquals(8, Drawn.read(file("out.png")).getSampleModel().getSampleSize(0));
	}

	@ParameterizedTest
	@CsvSource({ "1, 4 of 4", "0.5, 2 of 4", "0.1, 1 of 4" })
	void tellsHowManyStepsWereRun(final String strength, final String steps) {
		Drawn.png(file("in.png"), 32, 32);
		run(file("in.png"), file("out.png"), "--strength", strength, "--steps", "4").told(
			"Task: image-to-image, strength " + Double.parseDouble(strength),
			"Input: image in.png, 32 × 32 pixels, RGB", "Run: 4 steps", steps + " steps run",
			"in one piece");
		final Provenance provenance = PngFile.readProvenance(file("out.png")).orElseThrow();
		assertEquals(Double.parseDouble(strength), provenance.conditions().strength());
		assertEquals(Integer.parseInt(steps.substring(0, 1)), provenance.sigmas().size() - 1);
	}

	@ParameterizedTest
	@CsvSource({ "display, 1000, 5000", "full, 0, 65535" })
	void mapsIntensitiesAsAsked(final String range, final double low, final double high) {
		run(Drawn.tiff16(file("in.tif"), 32, 16), file("out.png"), "--intensity", range);
		final Conditions.Input input =
			PngFile.readProvenance(file("out.png")).orElseThrow().conditions().inputs().get(0);
		assertEquals(IntensityRange.of(range), input.mapping().range());
		assertEquals(low, input.mapping().low().get(0));
		assertEquals(high, input.mapping().high().get(0));
	}

	@Test
	void takesTheSliceOfAStackOfColours() {
		final ImageStack stack = new ImageStack(32, 32);
		for (int slice = 1; slice <= 3; slice++) {
			stack.addSlice(Drawn.colours(32, 32, 40 * slice));
			Drawn.png(file(slice + ".png"), Drawn.colours(32, 32, 40 * slice));
		}
		Drawn.tiff(file("stack.tif"), new ImagePlus("stack", stack));
		assertEquals(0,
			Drawn.difference(result(file("3.png")), result(file("stack.tif"), "--slice", 3)));
		assertEquals(0,
			Drawn.difference(result(file("1.png")), result(file("stack.tif"), "--slice", 1)));
		assertTrue(Drawn.difference(result(file("1.png")), result(file("3.png"))) > 0.5);
	}

	@Test
	void takesTheChannelOfACompositeImage() {
		final ImageStack stack = new ImageStack(32, 32);
		for (int channel = 1; channel <= 2; channel++)
			stack.addSlice(Drawn.colours(32, 32, 90 * channel).convertToByteProcessor());
		final ImagePlus plain = new ImagePlus("channels", stack);
		plain.setDimensions(2, 1, 1);
		final CompositeImage composite = new CompositeImage(plain, CompositeImage.COMPOSITE);
		Drawn.tiff(file("channels.tif"), composite);
		Drawn.png(file("2.png"), new ByteProcessor(32, 32, (byte[]) stack.getPixels(2)));
		assertEquals(0, Drawn.difference(result(file("2.png"), "--intensity", "full"),
			result(file("channels.tif"), "--channel", 2, "--intensity", "full")));
		run(file("channels.tif"), file("both.tif"));
		assertEquals(2, Drawn.open(file("both.tif")).getNChannels());
	}

	@Test
	void computesInTilesAsAsked() {
		Drawn.png(file("in.png"), 128, 64);
		run(file("in.png"), file("tiles.png"), "--tile", 64, "--tile-overlap", 32, "--strength", 0.5)
			.told("in tiles of 64 x 64, overlap 32 x");
		assertTrue(Drawn.difference(Drawn.open(file("tiles.png")).getProcessor(),
			result(file("in.png"), "--tile", 0)) > 0.5);
	}

	@Test
	void resizesAsTheReferenceWhenAsked() {
		run(Golden.path("images/odd.png"), file("out.png"), "--reference")
			.told("exactly as the reference", "Result: 64 × 112 pixels");
		Drawn.assertSize(64, 112, Drawn.open(file("out.png")));
		assertTrue(PngFile.readProvenance(file("out.png")).orElseThrow().conditions().reference());
	}

	@Test
	void takesTheOptionsOfTextToImage() throws IOException {
		Drawn.png(file("in.png"), 40, 24);
		final Call call = run(file("in.png"), file("out.png"), "--count", 2, "--sigmas", "1,0.5,0.2",
			"--guidance", 2, "--negative", "dark", "--save-latents", file("latents"), "--timings",
			file("t.json"), "--strength", "1", "--steps", 3);
		call.told("2 images with seeds 7 to 8", "3 of 3 steps run");
		assertArrayEquals(new long[] { 2, 16, 4, 6 },
			Checkpoint.openFile(file("latents")).entry("latents").shape());
		assertTrue(Files.readString(file("t.json")).contains("peak_anonymous_bytes"));
		for (int i = 0; i < 2; i++)
			assertEquals(7 + i,
				PngFile.readProvenance(file("out-" + i + ".png")).orElseThrow().request().seed());
	}

	@Test
	void leavesNothingBehindWhenCancelled() {
		Drawn.png(file("in.png"), 32, 32);
		final Cancellation cancellation = new Cancellation();
		cancellation.cancel();
		final Call call = Call.of(cancellation, false, "image-to-image", "--model",
			Golden.model().toString(), "--prompt", "a cell", "--image", file("in.png").toString(),
			"--output", file("out.png").toString());
		assertEquals(130, call.code(), call.err());
		assertArrayEquals(new String[] { "in.png" }, folder.toFile().list());
	}

	@Test
	void saysNothingWhenQuiet() {
		Drawn.png(file("in.png"), 16, 16);
		final Call call = run(file("in.png"), file("out.png"), "--quiet");
		assertEquals("", call.out() + call.err());
	}
}
