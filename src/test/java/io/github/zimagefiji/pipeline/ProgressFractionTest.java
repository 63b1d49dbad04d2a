package io.github.zimagefiji.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.Precision;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.Stage;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.golden.Golden;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The fraction of a run goes from nothing to all of it, in steps no larger than a block. */
class ProgressFractionTest {

	private Pipeline pipeline;

	@BeforeEach
	void open() {
		pipeline = Pipeline.open(Golden.model(), new ComputeOptions("cpu", Precision.FLOAT32, 1));
	}

	@AfterEach
	void close() {
		pipeline.close();
	}

	private static final class Fractions implements Progress {

		private final List<Double> all = new ArrayList<>();
		private double encoded;

		@Override
		public void update(final Stage stage, final double fraction, final String message) {
			all.add(fraction);
			if (stage == Stage.ENCODE) encoded = fraction;
		}

		@Override
		public boolean isCanceled() {
			return false;
		}
	}

	private Fractions run(final TextToImageRequest.Builder request) {
		final Fractions fractions = new Fractions();
		pipeline.generate(request.seed(1).build(), fractions);
		assertEquals(0.0, fractions.all.get(0));
		for (int i = 1; i < fractions.all.size(); i++) {
			final double step = fractions.all.get(i) - fractions.all.get(i - 1);
			assertTrue(step >= 0 && step < 0.25, "the fraction rose by " + step);
		}
		assertEquals(1, fractions.all.get(fractions.all.size() - 1), 1e-9);
		return fractions;
	}

	private static TextToImageRequest.Builder cells() {
		return TextToImageRequest.builder("cells").size(32, 32).steps(4).guidance(0.0);
	}

	@Test
	void aRunEndsAtOne() {
		assertTrue(run(cells()).encoded > 0);
	}

	@Test
	void aPromptThatIsKnownIsNoWork() {
		run(cells());
		assertEquals(0, run(cells()).encoded);
	}

	@Test
	void aPromptThatIsItsOwnNegativeIsReadOnce() {
		run(cells().negativePrompt("cells").guidance(3.0));
	}

	@Test
	void severalImagesShareTheWayAndGuidanceThatEndsEarlyIsCounted() {
		run(cells().negativePrompt("blurry").guidance(3.0).cfgTruncation(0.5).count(3));
	}
}
