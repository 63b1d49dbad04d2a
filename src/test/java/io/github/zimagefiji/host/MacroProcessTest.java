
package io.github.zimagefiji.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.image.ImageProvenance;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.service.ZImageService;

/**
 * Macros in ImageJ as a process of its own, with windows and without a display.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class MacroProcessTest {

	private static final String PROMPT = "five round green nuclei";
	private static final int SEED = 42;
	private static final int SMALLEST = 20;

	/** What the particles were counted in. */
	private static final String MASK = """
			setOption("BlackBackground", true);
			run("Convert to Mask");
			saveAs("PNG", folder + "mask.png");
			""";

	@TempDir
	Path home;

	@Test
	void aMacroGeneratesMeasuresAndSaves() throws IOException,
		InterruptedException
	{
		try (VirtualDisplay display = VirtualDisplay.start()) {
			assertMeasured(HostProcess.on(display, home).runMacro(example() + MASK));
		}
	}

	@Test
	void aMacroDoesTheSameWithoutADisplay() throws IOException,
		InterruptedException
	{
		assertMeasured(HostProcess.headless(home).runMacro(example() + MASK));
	}

	/**
	 * The macro of docs/macros.md that generates, saves, segments and measures
	 * with ImageJ's own commands.
	 */
	private static String example() throws IOException {
		return Stream.of(Files.readString(Path.of("docs", "macros.md")).split(
			"```\n")).filter(block -> block.startsWith("folder = ")).findFirst()
			.orElseThrow();
	}

	private void assertMeasured(final HostProcess.Ended ended)
		throws IOException
	{
		assertEquals(0, ended.code(), ended.output());
		final int[] expected = (int[]) Images.toImagePlus(List.of(generated()))
			.getProcessor().getPixels();
		final Path tiff = home.resolve("nuclei.tif");
		assertArrayEquals(expected, (int[]) IJ.openImage(tiff.toString())
			.getProcessor().getPixels());
		final TextToImageRequest request = TiffFile.readProvenance(tiff)
			.orElseThrow().request();
		assertEquals(PROMPT, request.prompt());
		assertEquals(SEED, request.seed());
		final BufferedImage png = ImageIO.read(home.resolve("nuclei.png").toFile());
		final int[] colours = png.getRGB(0, 0, png.getWidth(), png.getHeight(),
			null, 0, png.getWidth());
		for (int i = 0; i < expected.length; i++) {
			assertEquals(expected[i] & 0xffffff, colours[i] & 0xffffff, "pixel " + i);
		}
		final List<Integer> areas = Particles.areas(ImageIO.read(home.resolve(
			"mask.png").toFile()), SMALLEST);
		assertTrue(!areas.isEmpty() && areas.size() <= 10, areas.toString());
		assertEquals(areas, measured());
	}

	private static GeneratedImage generated() {
		try (Context context = new Context()) {
			final ZImageService service = context.service(ZImageService.class);
			return service.generate(service.builtInModel(), ComputeOptions.AUTO,
				TextToImageRequest.builder(PROMPT).seed(SEED).build(), Progress.NONE)
				.images().get(0);
		}
	}

	/** The column Area of ImageJ's table of results. */
	private List<Integer> measured() throws IOException {
		final List<String> lines = Files.readAllLines(home.resolve(
			"particles.csv"));
		final int column = List.of(lines.get(0).split(",")).indexOf("Area");
		return lines.stream().skip(1).map(line -> (int) Double.parseDouble(line
			.split(",")[column])).sorted().toList();
	}

	@Test
	void aMacroChangesItsImagesWithoutADisplay() throws IOException,
		InterruptedException
	{
		final HostProcess.Ended ended = HostProcess.headless(home).runMacro(
			"""
					setBatchMode(true);
					newImage("cells", "16-bit ramp", 64, 64, 1);
					makeOval(10, 10, 40, 40);
					run("Inpaint...", "image=cells prompt=[one red nucleus] steps=1 seed=5 feather=0");
					selectImage("one red nucleus (seed 5)");
					saveAs("Tiff", getArgument() + "painted.tif");
					run("Image to Image...", "image=cells prompt=[one red nucleus] steps=1 seed=6 strength=0.5");
					selectImage("one red nucleus (seed 6)");
					saveAs("Tiff", getArgument() + "changed.tif");
					""");
		assertEquals(0, ended.code(), ended.output());
		final ImagePlus painted = IJ.openImage(home.resolve("painted.tif")
			.toString());
		final ImagePlus changed = IJ.openImage(home.resolve("changed.tif")
			.toString());
		assertEquals(16, painted.getBitDepth());
		assertEquals(painted.getProcessor().get(63, 0), painted.getProcessor().get(
			63, 63), "the ramp outside the selection");
		assertEquals(0.5, ImageProvenance.of(changed).orElseThrow().conditions()
			.strength());
		assertEquals("cells", ImageProvenance.of(changed).orElseThrow().conditions()
			.inputs().get(0).name());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "prompt=nuclei stepz=3|stepz",
		"prompt=nuclei width=100|nearest is 96",
		"model_folder=/nowhere prompt=nuclei|/nowhere" })
	void withoutADisplayAWrongMacroFailsWithOurSentence(final String options,
		final String words) throws IOException, InterruptedException
	{
		final HostProcess.Ended ended = HostProcess.headless(home).runMacro(
			"run('Text to Image...', '" + options +
				"'); File.saveString('went on', getArgument() + 'after.txt');");
		assertEquals(1, ended.code(), ended.output());
		final String sentence = ended.output().lines().filter(line -> line
			.startsWith("Macro failed: ")).findFirst().orElse("");
		assertTrue(sentence.contains(words), ended.output());
		assertFalse(Files.exists(home.resolve("after.txt")), "the macro went on");
	}
}
