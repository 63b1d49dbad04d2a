
package io.github.zimagefiji.command.scijava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StreamTokenizer;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.command.CommandService;
import org.scijava.module.Module;
import org.scijava.prefs.PrefService;

import ij.ImagePlus;
import io.github.zimagefiji.command.MakeAgain;
import io.github.zimagefiji.command.ScijavaFixture;
import io.github.zimagefiji.command.TextToImage;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelName;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.hub.builtin.BuiltInModel;

/** What is recorded is read by ImageJ, runs again, and gives the same image. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("engine")
class MacroRecorderTest extends ScijavaFixture {

	private static final Set<String> KEYS =
		Set.of("prompt", "avoid", "seed", "steps", "model", "model_folder");

	@TempDir
	private Path folder;

	/**
	 * The strings of a line as ImageJ's macro language reads them; its tokenizer is this one.
	 */
	private static List<String> strings(final String line) throws IOException {
		final StreamTokenizer tokens = new StreamTokenizer(new StringReader(line));
		final List<String> strings = new ArrayList<>();
		while (tokens.nextToken() != StreamTokenizer.TT_EOF) {
			if (tokens.ttype == '"') strings.add(tokens.sval);
		}
		return strings;
	}

	/** A line's options as they arrive at the command. */
	private static Map<String, String> playedBack(final Map<String, String> values)
		throws IOException
	{
		final String line = MacroWriter.line("Text to Image...", MacroWriter.options(values), false);
		assertEquals(1, line.lines().count(), line);
		final List<String> strings = strings(line);
		assertEquals(List.of("Text to Image...", strings.get(1)), strings);
		return MacroOptions.parse(strings.get(1), KEYS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "nuclei", "round nuclei", "", " ", "nuclei seed=7 x", "seed=7",
		"a] seed=7", "a] seed=7 ' seed=8", "]=] seed=1", "[=[x]=]", "=[x]=", "a [b] c", "a [b", "a b]",
		"]", "[", "][", "[[[", "it's", "'quoted'", "\"quoted\"", "back\\slash", "C:\\new\\table", "\\",
		"\\\"", "two\nlines\r\tand a tab", "\u0001\u007f", "三个细胞核，明亮", "🔬", "key = value", "=",
		"全角　空格", "a b", "// no comment", "/* nor this */", "\"); exit(\"", "prompt" })
	void anyTextComesBackAsItWas(final String text) throws IOException {
		assertEquals(Map.of("prompt", text, "seed", "42"),
			playedBack(Map.of("prompt", text, "seed", "42")));
		assertEquals(Map.of("prompt", text, "avoid", text),
			playedBack(Map.of("prompt", text, "avoid", text)));
	}

	@Test
	void textOfEverythingThatMeansSomethingComesBackAsItWas() throws IOException {
		final String[] pieces =
			{ "[", "]", "=", "'", "\"", "\\", "\n", " ", "seed", "prompt=", "x", "核", "　" };
		final Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			final StringBuilder text = new StringBuilder();
			for (int length = random.nextInt(9); length >= 0; length--) {
				text.append(pieces[random.nextInt(pieces.length)]);
			}
			final Map<String, String> values = new LinkedHashMap<>();
			values.put("avoid", text.toString());
			values.put("prompt", text.reverse().toString());
			values.put("seed", "1");
			values.put("model_folder", text.toString());
			assertEquals(values, playedBack(values));
		}
	}

	private static int[] pixels(final Module module) {
		return (int[]) ((ImagePlus) module.getOutput("image")).getProcessor().getPixels();
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "two \"round\" red nuclei] seed=7 [steps=2", "两个 圆形\n红色\\细胞核", "nuclei" })
	void theRecordedLineMakesTheSameImageThoughTheSeedWasDrawn(final String prompt) throws Exception {
		final Module first = WholeRun.of(context, TextToImage.class,
			Map.of("prompt", prompt, "steps", 2, "width", 64, "height", 64, "avoid", "blue] prompt=x"),
			null);
		final String line = WholeRun.recorded(context, first);
		assertTrue(
			line.contains("seed=" + first.getInput("seed")) && (long) first.getInput("seed") >= 0, line);
		assertFalse(line.contains("randomize") || line.contains("size=") || line.contains("notice"),
			line);
		context.service(PrefService.class).clearAll();
		final Module second = WholeRun.of(context, TextToImage.class, Map.of(), strings(line).get(1));
		assertArrayEquals(pixels(first), pixels(second));
		assertEquals(prompt, second.getInput("prompt"));
		assertEquals(line, WholeRun.recorded(context, second), "and is recorded alike");
	}

	@Test
	void aModelIsRecordedByNameIfItIsInstalledAndByFolderIfNot() throws Exception {
		assertTrue(WholeRun
			.recorded(context,
				WholeRun.of(context, TextToImage.class,
					Map.of("model", new ModelName(BuiltInModel.NAME), "steps", 1), null))
			.contains("model=[" + BuiltInModel.NAME + "]"));
		context.service(PrefService.class).clearAll();
		final Path model = Files.createSymbolicLink(folder.resolve("my 模型"), Golden.model());
		final Map<String, Object> tiny = Map.of("model", ModelChoice.OTHER, "model_folder",
			model.toFile(), "steps", 1, "width", 16, "height", 16, "prompt", "x", "precision", "float32");
		final Module other = WholeRun.of(context, TextToImage.class, tiny, null);
		final String line = WholeRun.recorded(context, other);
		assertTrue(line.contains("model_folder=[" + model + "]") && !line.contains("model=["), line);
		assertArrayEquals(pixels(other),
			pixels(WholeRun.of(context, TextToImage.class, Map.of(), strings(line).get(1))));
	}

	@Test
	void fijisOwnRecorderIsKeptAway() {
		assertTrue(context.service(CommandService.class).getCommand(TextToImage.class).is("no-record"));
		assertTrue(context.service(CommandService.class).getCommand(MakeAgain.class).is("no-record"));
	}
}
