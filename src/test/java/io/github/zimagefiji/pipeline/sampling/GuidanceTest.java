
package io.github.zimagefiji.pipeline.sampling;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guidance at the edges that the reference's runs do not reach. */
class GuidanceTest {

	@ParameterizedTest
	@CsvSource({ "1, 0.5, 0.4999, true", "1, 0.5, 0.5, true", "1, 0.5, 0.5001, false",
		"1, 0, 0, true", "1, 0, 0.001, false", "1, 1, 1, true", "1, 1.5, 1, true", "0.01, 1, 0, true",
		"0, 1, 0, false" })
	void guidanceIsDroppedOnlyBeyondTheTruncation(final double scale, final double truncation,
		final float time, final boolean applies)
	{
		assertEquals(applies, new Guidance(scale, 0, truncation).appliesAt(time));
	}

	@Test
	void guidanceStartsFromThePositivePrediction() {
		final float[] values = { 1, 2 };
		new Guidance(3, 0, 1).apply(values, new float[] { 0, 4 });
		assertArrayEquals(new float[] { 4, -4 }, values);
	}

	@ParameterizedTest
	@CsvSource({ "2, 6, 8", "1, 3, 4", "0.5, 1.5, 2", "0, 15, 20" })
	void aPredictionThatIsTooLongIsShortenedToTheMultipleOfThePositiveOne(final double normalization,
		final float first, final float second)
	{
		final float[] values = { 3, 4 };
		// 15 and 20 without the limit: a norm of 25, of which the multiple of 5 may
		// stay.
		new Guidance(4, normalization, 1).apply(values, new float[] { 0, 0 });
		assertArrayEquals(new float[] { first, second }, values, 1e-6f);
	}

	@Test
	void theNormIsTheRootOfTheSumOfSquares() {
		final float[] values = { 3, 4 };
		// (3, 8) without the limit: a norm of the root of 73, of which 5 may stay.
		new Guidance(1, 1, 1).apply(values, new float[] { 3, 0 });
		assertArrayEquals(new float[] { (float) (15 / Math.sqrt(73)), (float) (40 / Math.sqrt(73)) },
			values, 1e-6f);
	}

	@Test
	void aPredictionThatIsShortEnoughIsNotMadeLonger() {
		final float[] values = { 3, 4 };
		// (3, 4) + ((3, 4) - (6, 8)) = (0, 0), and with a negative of (4.5, 6) half
		// as long.
		new Guidance(1, 1, 1).apply(values, new float[] { 4.5f, 6 });
		assertArrayEquals(new float[] { 1.5f, 2 }, values);
	}
}
