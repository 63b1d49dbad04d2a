
package io.github.zimagefiji.scripting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scijava.module.ModuleItem;
import org.scijava.script.ScriptModule;

import ij.ImagePlus;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.image.ImageProvenance;

/** The examples of docs/scripting.md, as they stand there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("engine")
class ScriptingPageTest {

	private static final Pattern BLOCK =
		Pattern.compile("^```(groovy|python)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

	private static Scripts scripts;

	@TempDir
	private Path folder;

	/** @param heading the nearest one above the example */
	private record Example(String heading, String language, String text) {

		@Override
		public String toString() {
			return heading + " (" + language + ")";
		}
	}

	@BeforeAll
	static void start() {
		scripts = new Scripts();
	}

	@AfterAll
	static void stop() {
		scripts.close();
	}

	private static List<Example> examples() throws IOException {
		final String page = Files.readString(Path.of("docs", "scripting.md"));
		final List<Example> examples = new ArrayList<>();
		final Matcher blocks = BLOCK.matcher(page);
		while (blocks.find()) {
			final String above = page.substring(0, blocks.start());
			final String heading =
				above.substring(above.lastIndexOf("\n## ") + 4).lines().findFirst().orElseThrow();
			examples.add(new Example(heading, blocks.group(1), blocks.group(2)));
		}
		return examples;
	}

	private ScriptModule run(final Example example) throws InterruptedException, IOException {
		final Path file = Files.writeString(
			folder.resolve("example." + (example.language.equals("python") ? "py" : "groovy")),
			example.text);
		final Map<String, Object> inputs = new HashMap<>();
		if (example.text.contains(") folder")) inputs.put("folder", folder.toFile());
		return scripts.run(file, inputs);
	}

	@Test
	void thePageHasExamplesInBothLanguages() throws IOException {
		final List<Example> examples = examples();
		assertTrue(examples.stream().filter(example -> example.language.equals("groovy")).count() >= 6,
			examples.toString());
		assertTrue(examples.stream().filter(example -> example.language.equals("python")).count() >= 4,
			examples.toString());
	}

	@ParameterizedTest
	@MethodSource("examples")
	void runsAndGivesWhatThePageSays(final Example example) throws Exception {
		final ScriptModule script = run(example);
		int outputs = 0;
		for (final ModuleItem<?> output : script.getInfo().outputs()) {
			if (output.getName().equals(ScriptModule.RETURN_VALUE)) continue;
			check(output.getName(), script.getOutput(output.getName()), example);
			outputs++;
		}
		assertTrue(outputs > 0, "the example puts nothing out");
	}

	private static void check(final String name, final Object value, final Example example) {
		assertNotNull(value, name);
		switch (name) {
			case "image" -> {
				final ImagePlus image = (ImagePlus) value;
				final boolean command = example.heading.equals("Commands");
				assertEquals(
					command ? "two round red nuclei (seed 5)" : "three round green nuclei (seeds 42 to 43)",
					image.getTitle());
				assertEquals(command ? 5 : 42, ImageProvenance.of(image).orElseThrow().request().seed());
			}
			case "nuclei" -> assertTrue((Integer) value >= 3 && (Integer) value <= 5, value + " nuclei");
			case "bright" -> assertTrue((Long) value > 100 && (Long) value < 128 * 128 / 2,
				value + " pixels");
			case "brightest" -> assertTrue((Double) value > 0.1, value + " at most");
			case "mean" -> assertTrue((Double) value > 1 && (Double) value < 200, value + " on average");
			case "model" -> assertEquals(BuiltInModel.NAME, value);
			case "prompt" -> assertEquals("five elongated red nuclei", value);
			case "seed" -> assertEquals(2L, value);
			case "stack" -> assertEquals(1000, ((ImagePlus) value).getStackSize());
			case "changed" -> {
				final ImagePlus image = (ImagePlus) value;
				assertEquals(16, image.getBitDepth());
				assertEquals("cell",
					ImageProvenance.of(image).orElseThrow().conditions().inputs().get(0).name());
			}
			case "painted_pixels" -> assertTrue((Integer) value > 0 && (Integer) value <= 20,
				value + " pixels of 20");
			case "accepted" -> assertEquals(4, value);
			case "mean_iou" -> assertTrue((Double) value > 0 && (Double) value < 1,
				value + " on average");
			case "green" -> assertEquals(8, ((ImagePlus) value).getBitDepth());
			case "level" -> assertTrue((Integer) value >= 0 && (Integer) value <= 255);
			default -> throw new AssertionError("The page's " + name + " is not checked.");
		}
	}
}
