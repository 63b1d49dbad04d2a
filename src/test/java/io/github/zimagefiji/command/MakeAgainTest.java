
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.Command;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ColorProcessor;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.TextToImageRequest;
import io.github.zimagefiji.service.ZImageService;

/**
 * Images that say how they were made are made again, from memory and from files.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class MakeAgainTest extends ScijavaFixture {

	private static final Map<String, Object> INPUTS =
		Map.of("prompt", "two round red nuclei", "seed", 5L, "steps", 3, "guidance", 0.5);

	@TempDir
	private Path folder;

	private ImagePlus run(final Class<? extends Command> command, final Map<String, Object> inputs)
		throws Exception
	{
		return (ImagePlus) context.service(CommandService.class).run(command, true, inputs).get()
			.getOutput("image");
	}

	private ImagePlus again(final ImagePlus image) throws Exception {
		return run(MakeAgain.class, Map.of("source", image));
	}

	private String problem(final ImagePlus image) {
		Throwable failure = assertThrows(ExecutionException.class, () -> again(image));
		while (failure.getCause() != null) {
			failure = failure.getCause();
		}
		return failure.getMessage();
	}

	private static int[] pixels(final ImagePlus image) {
		return (int[]) image.getProcessor().convertToRGB().getPixels();
	}

	@Test
	void anOpenImageIsMadeAgainToTheBit() throws Exception {
		final ImagePlus image = run(TextToImage.class, INPUTS);
		final ImagePlus second = again(image);
		assertArrayEquals(pixels(image), pixels(second));
		assertEquals(image.getTitle(), second.getTitle());
	}

	@Test
	void anImageThatWasSavedAsTiffAndReopenedIsMadeAgain() throws Exception {
		final ImagePlus image = run(TextToImage.class, INPUTS);
		final String file = folder.resolve("细胞.tif").toString();
		assertTrue(new FileSaver(image).saveAsTiff(file));
		assertArrayEquals(pixels(image), pixels(again(IJ.openImage(file))));
	}

	@Test
	void aPngFileThatWeWroteIsAskedItself() throws Exception {
		final ZImageService service = context.service(ZImageService.class);
		final Path file = folder.resolve("nuclei.png");
		PngFile.write(file,
			service.generate(service.builtInModel(), ComputeOptions.AUTO,
				TextToImageRequest.builder("two round red nuclei").seed(5).steps(2).build(), Progress.NONE)
				.images().get(0));
		final ImagePlus opened = IJ.openImage(file.toString());
		assertArrayEquals(pixels(opened), pixels(again(opened)));
	}

	@Test
	void anotherModelIsFoundAgainIfItWasTheLastOneUsed() throws Exception {
		final Map<String, Object> inputs = Map.of("model_folder", Golden.model().toFile(), "prompt",
			"cells", "width", 16, "height", 16, "steps", 1, "seed", 3L, "precision", "float32");
		final ImagePlus image = run(TextToImage.class, inputs);
		assertArrayEquals(pixels(image), pixels(again(image)));
		context.service(PrefService.class).clearAll();
		assertTrue(problem(image).contains("Choose its folder"), problem(image));
	}

	@Test
	void scaleAndSelectionOfTheImageAreThoseOfTheNewOne() throws Exception {
		final ImagePlus image = run(TextToImage.class, INPUTS);
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().setUnit("micron");
		image.setRoi(10, 20, 30, 40);
		final ImagePlus second = again(image);
		assertEquals(0.25, second.getCalibration().pixelWidth);
		assertEquals("micron", second.getCalibration().getUnit());
		assertEquals(image.getRoi().getBounds(), second.getRoi().getBounds());
	}

	@Test
	void nothingButAnImageIsNeededInAContextThatRemembersOtherValues() throws Exception {
		final ImagePlus image = run(TextToImage.class,
			Map.of("prompt", "two round red nuclei", "seed", 0L, "steps", 2, "guidance", 0.0));
		run(TextToImage.class,
			Map.of("prompt", "many blue spots", "seed", 9L, "steps", 1, "threads", 2));
		assertArrayEquals(pixels(image), pixels(again(image)));
	}

	@Test
	void aMissingImageIsAskedForWithASentence() throws Exception {
		// SciJava must not come back to this one
		again(run(TextToImage.class, INPUTS));
		Throwable failure =
			assertThrows(ExecutionException.class, () -> run(MakeAgain.class, Map.of()));
		while (failure.getCause() != null) {
			failure = failure.getCause();
		}
		assertTrue(failure.getMessage().contains("No image is open"), failure.getMessage());
	}

	@Test
	void anImageFromElsewhereIsRefusedWithASentence() {
		assertTrue(problem(new ImagePlus("blobs", new ColorProcessor(16, 16)))
			.contains("does not say how it was made"));
	}

	/** Without this, another image would come out. */
	@Test
	void aValueThatTheDialogDoesNotHaveIsRefused() {
		final Map<String, Object> values =
			new HashMap<>(Map.of("prompt", "a nucleus", "steps", 1, "width", 32, "height", 32));
		values.put("guidance", 0.5);
		values.put("cfg_truncation", 0.5);
		final ImagePlus image =
			Images.toImagePlus(context.service(ZImageService.class).generate(values));
		final String problem = problem(image);
		assertTrue(problem.contains("cfg truncation 0.5"), problem);
		assertTrue(problem.contains("command line"), problem);
	}
}
