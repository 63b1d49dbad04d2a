
package io.github.zimagefiji.pipeline;

import static io.github.zimagefiji.golden.Golden.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RecordingProgress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;
import io.github.zimagefiji.pipeline.sampling.TorchRandom;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.Sampler;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * Requests from prompt to pixels, compared with the reference's images of the same seeds.
 */
@Tag("engine")
class PipelineTest {

	private static final String ASTRONAUT =
		"A photo of an astronaut riding a horse on mars, 35mm film, golden hour.";

	private static TextToImageRequest.Builder astronaut(final long seed) {
		return TextToImageRequest.builder(ASTRONAUT).size(64, 96).seed(seed);
	}

	@ParameterizedTest
	@CsvSource({ "loop_turbo_n8, 8", "loop_turbo_n9, 9" })
	void theSameSeedGivesTheReferencesImage(final String name, final int steps) {
		final Golden golden = Golden.of(name);
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GenerationResult result =
				pipeline.generate(astronaut(43).steps(steps).build(), Progress.NONE);
			Parity.assertClose(golden, "latents.step" + (steps - 1), result.latents(), Parity.LOOP);
			Parity.assertImage(golden, "image_uint8", interleaved(result.images()));
		}
	}

	@Test
	void guidanceWithANegativePromptGivesTheReferencesImage() {
		final Golden golden = Golden.of("loop_cfg");
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GenerationResult result = pipeline.generate(
				astronaut(44).steps(6).guidance(4.0).negativePrompt("blurry, low quality").build(),
				Progress.NONE);
			Parity.assertImage(golden, "image_uint8", interleaved(result.images()));
		}
	}

	@Test
	void heunsMethodGivesTheImageOfTheReferencesSteps() {
		final Golden golden = Golden.of("loop_heun");
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GenerationResult result = pipeline.generate(astronaut(44).steps(6).guidance(4.0)
				.negativePrompt("blurry, low quality").sampler(Sampler.HEUN).build(), Progress.NONE);
			Parity.assertClose(golden, "latents.evaluation10", result.latents(), Parity.LOOP);
			Parity.assertImage(golden, "image_uint8", interleaved(result.images()));
			assertEquals(Sampler.HEUN, result.images().get(0).provenance().request().sampler());
		}
	}

	@ParameterizedTest
	@CsvSource({ "loop_cfg_norm, 4, 1, 1", "loop_cfg_trunc, 4, 0, 0.5",
		"loop_cfg_norm_half, 3, 0.5, 1" })
	void normalizationAndTruncationGiveTheReferencesImages(final String name, final double guidance,
		final double normalization, final double truncation)
	{
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GenerationResult result = pipeline
				.generate(astronaut(44).steps(6).guidance(guidance).negativePrompt("blurry, low quality")
					.cfgNormalization(normalization).cfgTruncation(truncation).build(), Progress.NONE);
			Parity.assertImage(Golden.of(name), "image_uint8", interleaved(result.images()));
		}
	}

	@Test
	void guidanceOfOneIsGuidanceAndAMissingNegativePromptIsTheEmptyOne() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GenerationResult result =
				pipeline.generate(astronaut(44).steps(6).guidance(1.0).build(), Progress.NONE);
			Parity.assertImage(Golden.of("loop_cfg_1"), "image_uint8", interleaved(result.images()));
		}
	}

	@Test
	void bfloat16IsNoFartherFromFloat32ThanTheReferencesBfloat16() {
		final Golden exact = Golden.of("loop_turbo_n8");
		final Golden rounded = Golden.of("loop_turbo_bf16");
		try (Pipeline pipeline =
			Pipeline.open(Golden.model(), FLOAT32.withPrecision(Precision.BFLOAT16)))
		{
			final GenerationResult result =
				pipeline.generate(astronaut(43).steps(8).build(), Progress.NONE);
			final float[] latents = exact.floats("latents.step7");
			Parity.record("loop_turbo_bf16", "latents.step7", "of rms",
				Parity.distance(latents, result.latents()),
				Parity.distance(latents, rounded.floats("latents.step7")));
			final float[] pixels = exact.floats("image_uint8");
			Parity.record("loop_turbo_bf16", "image_uint8 (mean)", "levels",
				mean(pixels, interleaved(result.images())), mean(pixels, rounded.floats("image_uint8")));
		}
	}

	@Test
	void severalImagesAreThoseOfConsecutiveSeeds() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final GenerationResult all =
				pipeline.generate(astronaut(42).steps(2).count(3).build(), Progress.NONE);
			assertEquals(3, all.images().size());
			for (int i = 0; i < 3; i++) {
				final GeneratedImage one =
					pipeline.generate(astronaut(42 + i).steps(2).build(), Progress.NONE).images().get(0);
				assertArrayEquals(one.samples(), all.images().get(i).samples());
				assertEquals(42 + i, all.images().get(i).provenance().request().seed());
			}
		}
	}

	@Test
	void explicitNoiseReplacesTheSeeds() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final float[] noise = new TorchRandom(43).normal(16 * 12 * 8);
			final GenerationResult given =
				pipeline.generate(astronaut(7).steps(2).latents(noise).build(), Progress.NONE);
			final GenerationResult drawn =
				pipeline.generate(astronaut(43).steps(2).build(), Progress.NONE);
			assertArrayEquals(drawn.latents(), given.latents());
			assertTrue(given.images().get(0).provenance().explicitLatents());
		}
	}

	@Test
	void aRequestIsCompletedAsTheModelNeeds() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final TextToImageRequest used = pipeline.generate(astronaut(1).build(), Progress.NONE)
				.images().get(0).provenance().request();
			assertEquals(8, used.steps());
			assertEquals(0.0, used.guidance());
		}
	}

	@Test
	void anEmptyPromptIsAPrompt() {
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			final TextToImageRequest.Builder empty = TextToImageRequest.builder("").size(32, 32).steps(1);
			final float[] nothing = pipeline.generate(empty.build(), Progress.NONE).latents();
			final float[] something =
				pipeline.generate(empty.prompt("cells").build(), Progress.NONE).latents();
			assertNotEquals(nothing[0], something[0]);
		}
	}

	@Test
	void aPromptIsEncodedOnce() {
		final RecordingProgress told = new RecordingProgress();
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			pipeline.generate(astronaut(1).steps(1).build(), told);
			final long first = told.stages.stream().filter(s -> s == Stage.ENCODE).count();
			told.stages.clear();
			pipeline.generate(astronaut(2).steps(1).build(), told);
			final long second = told.stages.stream().filter(s -> s == Stage.ENCODE).count();
			assertTrue(first >= pipeline.model().textEncoder().layers(),
				"reports of the first run: " + first);
			assertEquals(1, second, "the second run only passes by");
		}
	}

	@Test
	void progressNeverFallsAndEndsAtOne() {
		final RecordingProgress told = new RecordingProgress();
		try (Pipeline pipeline = Pipeline.open(Golden.model(), FLOAT32)) {
			pipeline.generate(astronaut(1).steps(3).guidance(2.0).build(), told);
		}
		for (int i = 1; i < told.fractions.size(); i++) {
			assertTrue(told.fractions.get(i) >= told.fractions.get(i - 1));
			assertTrue(told.stages.get(i).compareTo(told.stages.get(i - 1)) >= 0);
		}
		assertEquals(1, told.fractions.get(told.fractions.size() - 1), 1e-9);
	}

	/** (images, height, width, 3), as the reference's bytes are. */
	private static float[] interleaved(final List<GeneratedImage> images) {
		final int size = images.get(0).samples().length;
		final float[] result = new float[images.size() * size];
		for (int i = 0; i < result.length; i++) {
			final int pixel = i % size / 3;
			result[i] = GeneratedImage.toByte(images.get(i / size).samples()[i % 3 * (size / 3) + pixel]);
		}
		return result;
	}

	private static double mean(final float[] expected, final float[] actual) {
		double sum = 0;
		for (int i = 0; i < expected.length; i++) {
			sum += Math.abs(expected[i] - actual[i]);
		}
		return sum / expected.length;
	}
}
