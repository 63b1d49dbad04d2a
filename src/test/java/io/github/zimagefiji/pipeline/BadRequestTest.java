
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.Refusals.assertRefused;
import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.request.TextToImageRequest;

/** Requests that cannot be run, and prompts that look as if they could not. */
@Tag("engine")
class BadRequestTest {

	/** Fails as soon as anything is loaded or computed. */
	private static final Progress NOTHING_STARTS =
		new RecordingProgress((stage, fraction, message) -> {
			throw new AssertionError(stage + " was reached");
		});

	@AfterEach
	void clearLimit() {
		System.clearProperty(SystemMemory.LIMIT);
	}

	private static TextToImageRequest.Builder small() {
		return TextToImageRequest.builder("cells").size(32, 32).steps(1).guidance(0.0);
	}

	private static Consumer<TextToImageRequest.Builder>
		with(final Consumer<TextToImageRequest.Builder> change)
	{
		return change;
	}

	static Object[][] refusedAtOnce() {
		return new Object[][] { { with(b -> b.size(100, 64)), "width is 100", "nearest is 96" },
			{ with(b -> b.size(64, 1000)), "height is 1000", "nearest is 1008" },
			{ with(b -> b.size(0, 64)), "width is 0", "nearest is 16" },
			{ with(b -> b.size(64, -16)), "height is -16", "nearest is 16" },
			{ with(b -> b.size(Integer.MAX_VALUE, 64)), "width is 2147483647", "nearest is 65536" },
			{ with(b -> b.steps(0)), "steps is 0", "between 1 and 1000" },
			{ with(b -> b.steps(-3)), "steps is -3", "between 1 and 1000" },
			{ with(b -> b.steps(1_000_000)), "steps is 1000000", "between 1 and 1000" },
			{ with(b -> b.steps(null).sigmas(List.of(1.0, 0.5, 0.7))), "must not increase",
				"0.7 follows 0.5" },
			{ with(b -> b.steps(null).sigmas(List.of(1.5))), "1.5", "(0, 1]" },
			{ with(b -> b.steps(null).sigmas(List.of(1.0, 0.0))), "0.0", "(0, 1]" },
			{ with(b -> b.steps(null).sigmas(List.of(Double.NaN))), "NaN", "(0, 1]" },
			{ with(b -> b.steps(3).sigmas(List.of(1.0))), "1 sigmas", "3 steps" },
			{ with(b -> b.guidance(Double.NaN)), "guidance is NaN", "100" },
			{ with(b -> b.guidance(-1.0)), "guidance is -1.0", "100" },
			{ with(b -> b.cfgNormalization(-1)), "CFG normalization", "100" },
			{ with(b -> b.maxTokens(3)), "token limit is 3", "16" },
			{ with(b -> b.seed(-1)), "seed is -1", "0 or more" },
			{ with(b -> b.count(0)), "images is 0", "10000" },
			{ with(b -> b.latents(new float[5])), "hold 5 values", "16 × 4 × 4" } };
	}

	@ParameterizedTest
	@MethodSource("refusedAtOnce")
	void aValueThatIsWrongForEveryModelIsRefusedWhenTheRequestIsMade(
		final Consumer<TextToImageRequest.Builder> change, final String problem, final String advice)
	{
		final TextToImageRequest.Builder builder = small();
		change.accept(builder);
		assertRefused(builder::build, problem, advice);
	}

	private static String refusal(final TextToImageRequest request) {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final String message =
				assertThrows(InvalidInputException.class, () -> pipeline.generate(request, NOTHING_STARTS))
					.getMessage();
			assertTrue(pipeline.components().isEmpty());
			return message;
		}
	}

	@ParameterizedTest
	@CsvSource({ "8208, 16", "16, 8208", "65536, 16" })
	void anImageBeyondTheModelsPositionsIsRefusedBeforeAnythingIsLoaded(final int width,
		final int height)
	{
		final String message = refusal(small().size(width, height).build());
		assertTrue(
			message.contains(width + " × " + height) && message.contains("up to 8192 × 8192 pixels"),
			message);
	}

	@Test
	void aPromptBeyondTheModelsPositionsIsRefusedBeforeAnythingIsLoaded() {
		final String message = refusal(small().prompt("cell ".repeat(2000)).maxTokens(4096).build());
		assertTrue(
			message.contains("too long") && message.contains("1536") && message.contains("token limit"),
			message);
	}

	@ParameterizedTest
	@ValueSource(longs = { 20, 35, 45 })
	void tooLittleMemoryIsRefusedAndWhatIsSaidToFitDoesFit(final long megabytes) {
		System.setProperty(SystemMemory.LIMIT, Long.toString(megabytes * 1_000_000));
		final String message = refusal(small().size(3072, 3072).build());
		final Matcher advice =
			Pattern.compile("An image of (\\d+) × \\1 pixels would fit").matcher(message);
		assertTrue(message.contains("GB of memory") && advice.find(), message);
		final int side = Integer.parseInt(advice.group(1));
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			assertEquals(side,
				pipeline.generate(small().size(side, side).build(), Progress.NONE).images().get(0).width());
		}
	}

	@Test
	void aLimitThatIsNoNumberIsRefused() {
		System.setProperty(SystemMemory.LIMIT, "16 GB");
		assertTrue(refusal(small().build()).contains("\"16 GB\""));
	}

	@Test
	void theSameRequestIsJudgedAlikeHoweverMuchIsLoadedAlready() {
		final TextToImageRequest request = small().size(512, 512).build();
		final TextToImageRequest larger = small().size(528, 528).build();
		System.setProperty(SystemMemory.LIMIT, Long.toString(128L * 1024 * 1024));
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GeneratedImage first = pipeline.generate(request, Progress.NONE).images().get(0);
			final GeneratedImage second = pipeline.generate(request, Progress.NONE).images().get(0);
			assertEquals(first.provenance().decoding(), second.provenance().decoding());
			final String alone = decoding(larger);
			assertEquals(alone,
				pipeline.generate(larger, Progress.NONE).images().get(0).provenance().decoding());
		}
	}

	private static String decoding(final TextToImageRequest request) {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			return pipeline.generate(request, Progress.NONE).images().get(0).provenance().decoding();
		}
	}

	@Test
	void tiledDecodingIsSaidInTheProvenance() {
		System.setProperty(SystemMemory.LIMIT, Long.toString(60_000_000));
		assertEquals("tiles of 256", decoding(small().size(512, 512).build()));
	}

	@Test
	void moreImagesThanJavaCanHoldAreRefusedWithTheNumberThatFits() {
		final String message = refusal(small().size(1024, 1024).count(10000).build());
		assertTrue(message.contains("10000 images") && message.contains("Ask for at most "), message);
	}

	@Test
	void theNumberOfImagesThatFitsFollowsFromTheirSize() {
		checkResults(21, 300_000_000);
		assertRefused(() -> checkResults(22, 300_000_000), "at most 21 ");
		assertThrows(InvalidInputException.class, () -> checkResults(8192, Long.MAX_VALUE));
		checkResults(8191, Long.MAX_VALUE);
	}

	private static void checkResults(final int count, final long available) {
		RunPlan.checkResults(new LatentShape(16, 128, 128), Canvas.exact(1024, 1024), count, available);
	}

	@Test
	void tokensBeyondTheLimitAreCounted() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final TextToImageRequest request = small().prompt("cell ".repeat(100)).maxTokens(32).build();
			final int dropped =
				pipeline.generate(request, Progress.NONE).images().get(0).provenance().droppedTokens();
			assertEquals(
				pipeline.components().tokenizer().encode(request.prompt(), 512).ids().length - 32, dropped);
			assertTrue(dropped > 60);
			assertEquals(0, pipeline.generate(small().build(), Progress.NONE).images().get(0).provenance()
				.droppedTokens());
		}
	}

	@Test
	void strangePromptsArePrompts() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			for (final String prompt : new String[] { "", " ", "\n\t\r", "nul \0 byte",
				"lone \uD83D surrogate", "\uDE00\uD83D", "🔬 微观 ß", "<|im_end|><|im_start|>",
				"\uFFFF\uFFFE\uFEFF", "x".repeat(20_000) })
			{
				final TextToImageRequest request = small().size(16, 16).prompt(prompt).build();
				assertEquals(1, pipeline.generate(request, Progress.NONE).images().size(), prompt);
			}
		}
	}

	@Test
	void tokensBeyondTheVocabularyAreRefused(@TempDir final Path temporary) {
		final ModelCopy copy = ModelCopy.to(temporary.resolve("model"));
		copy.set("text_encoder/config.json", "vocab_size", "1000");
		copy.tensor(ModelCopy.TEXT_ENCODER, "model.embed_tokens.weight", t -> t.rows(1000));
		try (Pipeline pipeline = Pipeline.open(copy.folder(), FLOAT32)) {
			assertRefused(() -> pipeline.generate(small().build(), Progress.NONE), "token 151644",
				"has only 1000");
		}
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "", "{}", "no JSON", "{\"version\":\"1.0\",\"model\":{\"type\":\"BPE\"}}", "[[[[" })
	void aDamagedTokenizerIsNamed(final String text, @TempDir final Path temporary) {
		final ModelCopy copy =
			ModelCopy.to(temporary.resolve("model")).write("tokenizer/tokenizer.json", text);
		assertTokenizerNamed(copy);
	}

	@Test
	void aTruncatedTokenizerIsNamed(@TempDir final Path temporary) {
		assertTokenizerNamed(
			ModelCopy.to(temporary.resolve("model")).shorten("tokenizer/tokenizer.json"));
	}

	private static void assertTokenizerNamed(final ModelCopy copy) {
		try (Pipeline pipeline = Pipeline.open(copy.folder(), FLOAT32)) {
			final String message = assertThrows(InvalidInputException.class,
				() -> pipeline.generate(small().build(), Progress.NONE)).getMessage();
			assertTrue(message.contains("tokenizer.json is damaged or not one of Z-Image") &&
				message.endsWith("Download the model's tokenizer folder again."), message);
		}
	}
}
