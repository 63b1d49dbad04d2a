
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.golden.Golden;

/**
 * What cannot be used is refused with exit code 2 and a sentence that helps, before anything is
 * computed.
 */
@Tag("engine")
class BadInputTest {

	@TempDir
	Path folder;

	private Call call(final String... args) {
		final List<String> all = new ArrayList<>(List.of("text-to-image", "--model",
			Golden.model().toString(), "--output", folder.resolve("image.png").toString()));
		if (Stream.of(args).noneMatch(arg -> arg.startsWith("--prompt")))
			all.addAll(List.of("--prompt", "a cell"));
		all.addAll(List.of(args));
		return Call.of(all.toArray(String[]::new));
	}

	private void assertRefused(final Call call, final String... words) {
		assertEquals(2, call.code(), call.err());
		assertTrue(call.err().startsWith("zimage: "), call.err());
		for (final String word : words) {
			assertTrue(call.err().contains(word), "\"" + word + "\" is missing in: " + call.err());
		}
		assertFalse(call.err().contains("\tat "), "no stack trace was asked for");
		assertFalse(call.err().contains("%"), "the run must not have started");
		assertEquals(List.of(), filesMade());
	}

	private List<Path> filesMade() {
		try (Stream<Path> files = Files.list(folder)) {
			return files.filter(file -> !file.toString().endsWith(".txt")).toList();
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
	}

	@ParameterizedTest
	@CsvSource({ "--width, 100, 96", "--width, 8, 16", "--width, 0, 16", "--height, -64, 16",
		"--height, 65552, 65536", "--height, 1000, 1008" })
	void namesTheNearestSize(final String option, final String pixels, final String nearest) {
		assertRefused(call(option, pixels), option.substring(2) + " is " + pixels, "multiple of 16",
			"nearest is " + nearest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--output", "--save-latents", "--timings" })
	void refusesANameThatIsTooLongForAFile(final String option) {
		final String name = "a".repeat(300) + (option.equals("--output") ? ".png" : ".json");
		final List<Object> args = new ArrayList<>(List.of(option, folder.resolve(name)));
		if (!option.equals("--output")) args.addAll(List.of("--output", folder.resolve("image.png")));
		assertRefused(Call.tiny("text-to-image", args.toArray()), "No file can be called aaa",
			"Choose another name.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-3", "1000000" })
	void namesTheRangeOfSteps(final String steps) {
		assertRefused(call("--steps", steps), "number of steps is " + steps, "between 1 and 1000");
	}

	@ParameterizedTest
	@CsvSource({ "--guidance, -1, guidance", "--guidance, NaN, guidance",
		"--cfg-normalization, -0.5, CFG normalization", "--cfg-truncation, -1, CFG truncation",
		"--max-tokens, 3, token limit", "--seed, -1, seed", "--count, 0, number of images",
		"--threads, -1, number of threads", "--precision, float8, bfloat16", "--device, gpu, cuda:0" })
	void namesTheValueThatIsOutOfRange(final String option, final String value, final String word) {
		assertRefused(call(option, value), word, value);
	}

	@ParameterizedTest
	@CsvSource({ "--width, wide", "--steps, 8.5", "--guidance, much", "--seed, 99999999999999999999",
		"--count, many" })
	void namesTheOptionWhoseValueIsNoNumber(final String option, final String value) {
		assertRefused(call(option, value), option, value, "--help");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "1,half,0.1 | half", "0.5,0.9 | must not increase",
		"1.5,0.5 | 1.5", "0 | 0.0", "1,,0.5 | --sigmas" })
	void saysWhatIsWrongWithSigmas(final String sigmas, final String word) {
		assertRefused(call("--sigmas", sigmas), word);
	}

	@Test
	void refusesStepsThatDifferFromTheSigmas() {
		assertRefused(call("--sigmas", "1,0.5", "--steps", "3"), "2 sigmas", "3 steps");
	}

	@Test
	void namesAnUnknownOptionAndAKnownOneLikeIt() {
		assertRefused(call("--guidence", "4"), "--guidence", "--guidance");
	}

	@Test
	void asksForAPrompt() {
		assertRefused(Call.of("text-to-image", "--output", "image.png"), "--prompt");
	}

	@Test
	void asksForAnOutput() {
		assertRefused(Call.of("text-to-image", "--prompt", "a cell"), "--output");
	}

	@Test
	void asksForACommand() {
		assertRefused(Call.of(),
			"text-to-image, image-to-image, inpaint, outpaint, control, edit, models, engine, doctor, dataset.");
	}

	@Test
	void refusesAModelThatIsNotAFolder() throws IOException {
		final Path file = Files.writeString(folder.resolve("model.txt"), "no model");
		assertRefused(Call.of("text-to-image", "--model", file.toString(), "--prompt", "a cell",
			"--output", folder.resolve("image.png").toString()), "model.txt");
		assertRefused(Call.of("text-to-image", "--model", folder.resolve("absent").toString(),
			"--prompt", "a cell", "--output", folder.resolve("image.png").toString()), "absent");
	}

	@ParameterizedTest
	@ValueSource(strings = { "image.jpg", "image", ".png", "png" })
	void refusesOtherImageFormats(final String name) {
		assertRefused(Call.of("text-to-image", "--model", Golden.model().toString(), "--prompt",
			"a cell", "--output", folder.resolve(name).toString()), name, ".png", ".tif");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--save-latents", "--timings" })
	void findsBeforeTheRunThatAFileCannotBeWritten(final String option) {
		assertRefused(call(option, folder.resolve("absent").resolve("file").toString()), "absent",
			"does not exist");
	}

	@Test
	void findsBeforeTheRunThatTheImageCannotBeWritten() throws IOException {
		Files.createFile(folder.resolve("file.txt"));
		assertRefused(Call.of("text-to-image", "--model", Golden.model().toString(), "--prompt",
			"a cell", "--output", folder.resolve("file.txt").resolve("image.png").toString()),
			"file.txt");
	}

	@Test
	void refusesOneFileForTwoOutputs() {
		final String file = folder.resolve("same").toString();
		assertRefused(call("--save-latents", file, "--timings", file), "two outputs");
	}

	@Test
	void refusesAPromptThatTheEncodingHasSpoilt() {
		assertRefused(call("--prompt", "a \uFFFD cell"), "encoding", "--prompt-file");
		assertRefused(call("--negative", "a \uFFFD cell"), "encoding");
	}

	@Test
	void refusesAPromptFileThatIsAbsentOrNotUtf8() throws IOException {
		assertRefused(call("--prompt-file", folder.resolve("absent.txt").toString()), "absent.txt");
		final Path latin =
			Files.write(folder.resolve("latin.txt"), "Bäcker".getBytes(StandardCharsets.ISO_8859_1));
		assertRefused(call("--prompt-file", latin.toString()), "latin.txt", "UTF-8");
	}

	@Test
	void showsWhereAnErrorHappenedOnlyWhenAsked() {
		final Call call = call("--width", "100", "--debug");
		assertEquals(2, call.code());
		assertTrue(call.err().contains("\tat io.github.zimagefiji.request.TextToImageRequest"),
			call.err());
	}
}
