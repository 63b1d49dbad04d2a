
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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;

import ij.IJ;
import ij.ImagePlus;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.image.TiffFile;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.service.ZImageService;

/**
 * Macros in ImageJ as a process of its own, with windows and without a display.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@Tag("process")
@Tag("window")
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
	void aMacroGeneratesMeasuresAndSaves() throws IOException, InterruptedException {
		try (VirtualDisplay display = VirtualDisplay.start()) {
			assertMeasured(HostProcess.on(display, home).runMacro(example() + MASK));
		}
	}

	@Test
	void aMacroDoesTheSameWithoutADisplay() throws IOException, InterruptedException {
		assertMeasured(HostProcess.headless(home).runMacro(example() + MASK));
	}

	/**
	 * The macro of docs/macros.md that generates, saves, segments and measures with ImageJ's own
	 * commands.
	 */
	private static String example() throws IOException {
		return Stream.of(Files.readString(Path.of("docs", "macros.md")).split("```\n"))
			.filter(block -> block.startsWith("folder = ")).findFirst().orElseThrow();
	}

	private void assertMeasured(final HostProcess.Ended ended) throws IOException {
		assertEquals(0, ended.code(), ended.output());
		final int[] expected =
			(int[]) Images.toImagePlus(List.of(generated())).getProcessor().getPixels();
		final Path tiff = home.resolve("nuclei.tif");
		assertArrayEquals(expected, (int[]) IJ.openImage(tiff.toString()).getProcessor().getPixels());
		final TextToImageRequest request = TiffFile.readProvenance(tiff).orElseThrow().request();
		assertEquals(PROMPT, request.prompt());
		assertEquals(SEED, request.seed());
		final BufferedImage png = ImageIO.read(home.resolve("nuclei.png").toFile());
		final int[] colours =
			png.getRGB(0, 0, png.getWidth(), png.getHeight(), null, 0, png.getWidth());
		for (int i = 0; i < expected.length; i++) {
			assertEquals(expected[i] & 0xffffff, colours[i] & 0xffffff, "pixel " + i);
		}
		final List<Integer> areas =
			Particles.areas(ImageIO.read(home.resolve("mask.png").toFile()), SMALLEST);
		assertTrue(!areas.isEmpty() && areas.size() <= 10, areas.toString());
		assertEquals(areas, measured());
	}

	private static GeneratedImage generated() {
		try (Context context = new Context()) {
			final ZImageService service = context.service(ZImageService.class);
			return service.generate(service.builtInModel(), ComputeOptions.AUTO,
				TextToImageRequest.builder(PROMPT).seed(SEED).build(), Progress.NONE).images().get(0);
		}
	}

	/** The column Area of ImageJ's table of results. */
	private List<Integer> measured() throws IOException {
		final List<String> lines = Files.readAllLines(home.resolve("particles.csv"));
		final int column = List.of(lines.get(0).split(",")).indexOf("Area");
		return lines.stream().skip(1).map(line -> (int) Double.parseDouble(line.split(",")[column]))
			.sorted().toList();
	}

	/**
	 * What each command makes is the current image of the macro, and there once.
	 */
	private static final String CURRENT_IMAGES =
		"""
				text = "";
				newImage("cells", "16-bit ramp", 64, 64, 1);
				cells = getImageID();
				makeOval(10, 10, 40, 40);
				run("Inpaint...", "image=cells prompt=inpainted steps=1 seed=5 feather=0");
				text += "\\n" + getTitle() + " " + nImages + " " + bitDepth();
				saveAs("Tiff", getArgument() + "painted.tif");
				run("Image to Image...", "image=cells prompt=changed steps=1 seed=6 strength=0.5");
				text += "\\n" + getTitle() + " " + nImages;
				selectImage(cells);
				run("Outpaint...", "image=cells prompt=wider steps=1 seed=7 right=16");
				text += "\\n" + getTitle() + " " + nImages + " " + getWidth();
				run("Control...", "image=cells prompt=controlled steps=1 seed=8 preprocessor=edges");
				text += "\\n" + getTitle() + " " + nImages;
				run("Edit Image...", "image=cells prompt=edited steps=1 seed=9");
				text += "\\n" + getTitle() + " " + nImages;
				selectImage(cells);
				run("Text to Image...", "prompt=made width=32 height=32 steps=1 seed=10 image_count=2");
				text += "\\n" + getTitle() + " " + nImages + " " + nSlices;
				run("Make Again...");
				text += "\\n" + getTitle() + " " + nImages + " " + nSlices;
				run("Duplicate...", "title=copy");
				text += "\\n" + getTitle() + " " + nImages;
				close();
				text += "\\n" + nImages;
				run("Synthesize Dataset...", "items=1 splits=1,0,0 steps=1 min_iou=0 output=[" + getArgument() + "nuclei]");
				text += "\\n" + getTitle() + " " + nImages;
				setBatchMode(false);
				File.saveString(text, getArgument() + "seen.txt");
				""";

	private static final List<String> SEEN = List.of("inpainted (seed 5) 2 16", "changed (seed 6) 3",
		"wider (seed 7) 4 80", "controlled (seed 8) 5", "edited (seed 9) 6",
		"made (seeds 10 to 11) 7 2", "made (seed 10) 8 1", "copy 9", "8", "First pairs of nuclei 9");

	@ParameterizedTest
	@CsvSource({ "false,'',''", "false,'',-batch", "false,setBatchMode(true);,''",
		"false,setBatchMode(false);,-batch", "true,setBatchMode(true);,''", "true,'',''" })
	void whatACommandMakesIsTheCurrentImageAndThereOnce(final boolean windows, final String before,
		final String more) throws IOException, InterruptedException
	{
		final String macro = before + "\n" + CURRENT_IMAGES;
		final HostProcess.Ended ended;
		if (windows) try (VirtualDisplay display = VirtualDisplay.start()) {
			ended = HostProcess.on(display, home).runMacro(macro);
		}
		else if (more.isEmpty()) ended = HostProcess.headless(home).runMacro(macro);
		else ended = HostProcess.headless(home).runMacro(macro, more);
		assertEquals(0, ended.code(), ended.output());
		final Path seen = home.resolve("seen.txt");
		assertTrue(Files.exists(seen), ended.output());
		assertEquals(SEEN, Files.readString(seen).strip().lines().toList(), ended.output());
		final ImagePlus painted = IJ.openImage(home.resolve("painted.tif").toString());
		assertEquals(16, painted.getBitDepth());
		assertEquals(painted.getProcessor().get(63, 0), painted.getProcessor().get(63, 63),
			"the ramp outside the selection");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "Text to Image...|prompt=nuclei stepz=3|stepz",
		"Text to Image...|prompt=nuclei width=100|nearest is 96",
		"Text to Image...|model_folder=/nowhere prompt=nuclei|/nowhere",
		"Text to Image...|prompt=nuclei lora=/nowhere.safetensors|/nowhere.safetensors",
		"Make Again...||No image is open", "Inpaint...|prompt=nuclei|No image is open",
		"Engine...|library=cu999|There is no native library", "Download Model...|model=nothing|nothing",
		"Remove Model...|model=nothing|nothing", "Synthesize Dataset...|items=1|The split \"val\"",
		"Synthesize Dataset...|items=1 splits=1,0,0|output folder",
		"Access Token...|token=secret|does not have" })
	void withoutADisplayAWrongMacroEndsTheProcessWithOurSentence(final String command,
		final String options, final String words) throws IOException, InterruptedException
	{
		assertFails("run('" + command + "', '" + (options == null ? "" : options) + "');", words);
	}

	@ParameterizedTest
	@ValueSource(strings = { "setBatchMode(true); FAIL", "FAIL",
		"eval(\"FAIL\"); setBatchMode(false);",
		"File.saveString(\"FAIL\", getArgument() + 'inner.ijm'); runMacro(getArgument() + 'inner.ijm');",
		"function f() { FAIL } f();" })
	void noLineAfterTheFailingOneRuns(final String macro) throws IOException, InterruptedException {
		assertFails(macro.replace("FAIL", "run('Text to Image...', 'prompt=nuclei width=100');"),
			"nearest is 96");
	}

	private void assertFails(final String macro, final String words)
		throws IOException, InterruptedException
	{
		final String after = "File.saveString('went on', getArgument() + 'after.txt');";
		final HostProcess.Ended ended = HostProcess.headless(home).runMacro(macro + after, "-batch");
		assertEquals(1, ended.code(), ended.output());
		assertTrue(ended.output().contains("Macro Error: ") && ended.output().contains(words),
			ended.output());
		assertFalse(ended.output().contains("\tat "), "a trace: " + ended.output());
		assertFalse(Files.exists(home.resolve("after.txt")), "the macro went on");
	}

	@Test
	void withWindowsAWrongMacroStopsAndNothingElse() throws IOException, InterruptedException {
		try (VirtualDisplay display = VirtualDisplay.start()) {
			HostProcess.on(display, home).play(MacroErrorScenario.class);
		}
	}
}
