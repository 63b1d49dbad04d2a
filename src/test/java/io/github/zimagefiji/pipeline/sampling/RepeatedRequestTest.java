
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * One open model gives the same for the same request, whatever was asked before.
 */
@Tag("engine")
class RepeatedRequestTest {

	private static final int SIZE = 16 * 4 * 4;

	private static TextToImageRequest.Builder small(final String prompt) {
		return TextToImageRequest.builder(prompt).size(32, 32).steps(1).guidance(1.0).seed(5);
	}

	private static Pipeline open(final Precision precision) {
		return Pipeline.open(Golden.model(), new ComputeOptions("cpu", precision, 2));
	}

	private static float[] latents(final Pipeline pipeline, final TextToImageRequest request) {
		return pipeline.generate(request, Progress.NONE).latents();
	}

	@Test
	void theSameRequestGivesTheSameTwiceAndOthersBetweenChangeNothing() {
		try (Pipeline pipeline = open(Precision.FLOAT32)) {
			final TextToImageRequest cells = small("cells").negativePrompt("mice").build();
			final float[] first = latents(pipeline, cells);
			final float[] others = latents(pipeline, small("mice").negativePrompt("cells").build());
			assertFalse(Arrays.equals(first, others));
			assertArrayEquals(first, latents(pipeline, cells));
			try (Pipeline fresh = open(Precision.FLOAT32)) {
				assertArrayEquals(others, latents(fresh, small("mice").negativePrompt("cells").build()));
			}
		}
	}

	@Test
	void eachImageOfARequestHasItsOwnNorm() {
		try (Pipeline pipeline = open(Precision.FLOAT32)) {
			final TextToImageRequest both =
				small("cells").steps(2).guidance(3.0).cfgNormalization(0.5).count(2).build();
			final TextToImageRequest second = both.toBuilder().count(1).seed(6).build();
			assertArrayEquals(latents(pipeline, second),
				Arrays.copyOfRange(latents(pipeline, both), SIZE, 2 * SIZE));
		}
	}

	@Test
	void theGivenNoiseIsNotWrittenTo() {
		final float[] noise = new TorchRandom(5).normal(SIZE);
		try (Pipeline pipeline = open(Precision.FLOAT32)) {
			latents(pipeline, small("cells").latents(noise).build());
		}
		assertArrayEquals(new TorchRandom(5).normal(SIZE), noise);
	}

	@ParameterizedTest
	@EnumSource(value = Precision.class, names = { "FLOAT32", "BFLOAT16" })
	void eachImageStartsFromItsOwnNoiseInFloat32(final Precision precision) {
		final float[] noise = Arrays.copyOf(new TorchRandom(5).normal(SIZE), 2 * SIZE);
		System.arraycopy(new TorchRandom(6).normal(SIZE), 0, noise, SIZE, SIZE);
		try (Pipeline pipeline = open(precision)) {
			final GenerationResult given =
				pipeline.generate(small("cells").count(2).latents(noise).build(), Progress.NONE);
			assertArrayEquals(latents(pipeline, small("cells").count(2).build()), given.latents());
		}
	}
}
