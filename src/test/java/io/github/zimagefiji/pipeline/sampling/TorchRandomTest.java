
package io.github.zimagefiji.pipeline.sampling;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.Parity;

class TorchRandomTest {

	private static final double SMALL = 5e-7;
	private static final double LARGE = 4e-6;

	private final Golden golden = Golden.of("randn");

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 42, 1234, 2147483648L, 4294967301L })
	void theSameSeedGivesPyTorchsNumbers(final long seed) {
		for (final String shape : new String[] { "1", "2", "5", "15", "16", "17", "31", "100", "1000",
			"1x16x8x6", "1x16x9x7", "2x16x10x14" })
		{
			final int count =
				Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).reduce(1, (a, b) -> a * b);
			Parity.assertAbsolute(golden, "seed" + seed + "." + shape,
				new TorchRandom(seed).normal(count), count < 16 ? SMALL : LARGE);
		}
	}

	@ParameterizedTest
	@CsvSource({ "first1000, 0, 1000", "last32, 262112, 262144" })
	void aLargeDrawAgreesAtBothEnds(final String part, final int from, final int to) {
		final float[] values = new TorchRandom(42).normal(16 * 128 * 128);
		Parity.assertAbsolute(golden, "seed42.1x16x128x128." + part,
			Arrays.copyOfRange(values, from, to), LARGE);
	}

	@Test
	void drawsFollowEachOtherAsInPyTorch() {
		final TorchRandom random = new TorchRandom(42);
		Parity.assertAbsolute(golden, "consecutive.a_1x16x8x6", random.normal(768), LARGE);
		Parity.assertAbsolute(golden, "consecutive.b_100", random.normal(100), LARGE);
		Parity.assertAbsolute(golden, "consecutive.c_3", random.normal(3), SMALL);
		Parity.assertAbsolute(golden, "consecutive.d_3", random.normal(3), SMALL);
		Parity.assertAbsolute(golden, "consecutive.e_16", random.normal(16), LARGE);
	}
}
