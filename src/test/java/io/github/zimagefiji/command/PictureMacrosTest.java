
package io.github.zimagefiji.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scijava.command.Command;
import org.scijava.module.Module;
import org.scijava.prefs.PrefService;

import ij.ImagePlus;
import io.github.zimagefiji.command.common.OpenImage;
import io.github.zimagefiji.command.scijava.WholeRun;

/**
 * The commands that start from images in macros of ImageJ's batch mode, and what is recorded of
 * them.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class PictureMacrosTest extends ScijavaFixture {

	private BatchImages images;

	@BeforeEach
	void prepare() {
		images = new BatchImages();
	}

	@AfterEach
	void stop() {
		images.close();
	}

	private String options(final Module module) {
		final String line = WholeRun.recorded(context, module);
		assertEquals(1, line.lines().count());
		return WholeRun.options(line);
	}

	private static int[][] pixels(final Module module) {
		return ((ImagePlus) module.getOutput("result")).getProcessor().getIntArray();
	}

	/**
	 * What was recorded makes the same image, though another one is active by then.
	 */
	private String assertRecorded(final Class<? extends Command> command,
		final Map<String, Object> typed) throws Exception
	{
		final Module first = WholeRun.of(context, command, typed, null);
		final String options = options(first);
		context.service(PrefService.class).clearAll();
		images.open(new ImagePlus("another", first.getOutput("result") instanceof ImagePlus made
			? made.getProcessor().duplicate() : null));
		final Module second = WholeRun.of(context, command, Map.of(), options);
		assertArrayEquals(pixels(first), pixels(second), options);
		assertEquals(options, options(second), "and is recorded alike");
		return options;
	}

	@Test
	void recordedLinesNameTheImageAndTheMask() throws Exception {
		final ImagePlus labels = images.labels();
		final ImagePlus spot = images.spot();
		final String options = assertRecorded(Inpaint.class, Map.of("image", spot, "prompt", "nuclei",
			"steps", 1, "mask", new OpenImage(labels), "mask_from", "labels", "label", 2, "feather", 0));
		assertTrue(options.contains("image=[my spot]") && options.contains("mask=labels") &&
			options.contains("label=2"), options);
		assertFalse(options.contains("picture") || options.contains("more_values") ||
			options.contains("lora_file"), options);
	}

	@Test
	void everyCommandIsRecordedSoThatItRunsAgain() throws Exception {
		final ImagePlus spot = images.spot();
		final Map<String, Object> common = Map.of("image", spot, "prompt", "nuclei", "steps", 1);
		assertRecorded(ImageToImage.class, with(common, "strength", 0.3));
		assertRecorded(Outpaint.class, with(common, "right", 7));
		assertRecorded(Control.class, with(common, "preprocessor", "edges"));
		assertRecorded(EditImage.class, with(common, "image", images.green()));
	}

	private static Map<String, Object> with(final Map<String, Object> common, final String name,
		final Object value)
	{
		final Map<String, Object> all = new HashMap<>(common);
		all.put(name, value);
		return all;
	}

	@Test
	void theActiveImageIsUsedIfNoneIsNamed() throws Exception {
		images.labels();
		images.spot();
		final ImagePlus made = (ImagePlus) WholeRun
			.of(context, ImageToImage.class, Map.of(), "prompt=nuclei steps=1 strength=0.1")
			.getOutput("result");
		assertEquals(16, made.getBitDepth());
		assertEquals(2500, made.getDisplayRangeMax());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "image=[my spott]|Did you mean my spot?", "strength=0|above 0",
			"strength=2|at most 1", "strenght=1|Did you mean strength?", "feather=-1|between 0 and 256",
			"mask=nothing|No image \"nothing\" is open",
			"mask_from=roi|must be one of auto, selection, mask, labels", "tile=65|multiple of 16",
			"width=64|does not have", "picture=x|does not have", "intensity=gamma|must be one of",
			"lora=nowhere.safetensors|nowhere.safetensors" })
	void refusesWithASentence(final String options, final String words) throws Exception {
		images.spot();
		String problem = "";
		try {
			WholeRun.of(context, Inpaint.class, Map.of(), options + " prompt=nuclei steps=1");
		}
		catch (final ExecutionException e) {
			Throwable cause = e;
			while (cause.getCause() != null) {
				cause = cause.getCause();
			}
			problem = cause.getMessage();
		}
		assertTrue(problem.contains(words), problem);
	}

	@Test
	void theSourceIsNeverChanged() throws Exception {
		final ImagePlus spot = images.spot();
		final int[][] before = spot.getProcessor().getIntArray();
		WholeRun.of(context, Inpaint.class, Map.of(), "prompt=nuclei steps=1");
		assertArrayEquals(before, spot.getProcessor().getIntArray());
	}
}
