
package io.github.zimagefiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.zimagefiji.request.Stage;

/**
 * What people are told of the time that a run still takes, on a clock of the tests' own.
 */
class ProgressLineTest {

	private static final int BLOCKS = 300;

	private long nanos;

	private void pass(final double seconds) {
		nanos += (long) (seconds * 1e9);
	}

	private RemainingTime remaining() {
		return new RemainingTime(() -> nanos);
	}

	@ParameterizedTest
	@CsvSource({ "0, a few seconds left", "7, a few seconds left", "8, about 10 s left",
		"16, about 15 s left", "38, about 40 s left", "54, about 50 s left", "55, about 1 min left",
		"89, about 1 min left", "170, about 3 min left", "3500, about 58 min left",
		"3590, about 1 h left", "4900, about 1 h 20 min left", "7200, about 2 h left" })
	void saysNoMoreThanAnEstimateIs(final double seconds, final String words) {
		assertEquals(words, ProgressLine.words(seconds));
	}

	@Test
	void namesTheStageAndThenTheTime() {
		final ProgressLine line = new ProgressLine(() -> nanos);
		assertEquals("Loading the model: opening Turbo", line.after(Stage.LOAD, 0, "opening Turbo"));
		String last = "";
		for (int i = 1; i <= 50; i++) {
			pass(1);
			last = line.after(Stage.DENOISE, i / 100.0, "step 4 of 8");
		}
		assertEquals("Forming the image: step 4 of 8, about 50 s left", last);
		assertEquals("Developing the pixels", line.after(Stage.DECODE, 1, ""));
	}

	@Test
	void aSteadyRunIsToldTheTruth() {
		final RemainingTime remaining = remaining();
		for (int i = 1; i <= BLOCKS; i++) {
			pass(1);
			final OptionalDouble told = remaining.after((double) i / BLOCKS);
			if (told.isPresent()) assertEquals(BLOCKS - i, told.getAsDouble(), 1e-6);
			else assertTrue(i < BLOCKS / 20, "silent after " + i + " of " + BLOCKS + " seconds");
		}
	}

	@Test
	void nothingIsToldBeforeEnoughHasBeenMeasured() {
		final RemainingTime quick = remaining();
		for (int i = 1; i <= 20; i++) {
			pass(0.1);
			assertFalse(quick.after(i / 20.0).isPresent(), "told after " + i / 10.0 + " seconds");
		}
		final RemainingTime slow = remaining();
		pass(60);
		assertFalse(slow.after(0.03).isPresent(), "told after 3 percent");
	}

	@Test
	void waitingAndLoadingSayNothingOfThePace() {
		final RemainingTime remaining = remaining();
		for (int i = 0; i < 1000; i++) {
			pass(1);
			assertFalse(remaining.after(0).isPresent());
		}
		OptionalDouble told = OptionalDouble.empty();
		for (int i = 1; i <= 10; i++) {
			pass(1);
			told = remaining.after(i / 100.0);
		}
		assertEquals(90, told.getAsDouble(), 1);
	}

	@Test
	void unevenBlocksDoNotMakeItJump() {
		final Random random = new Random(3);
		final RemainingTime remaining = remaining();
		double before = Double.NaN;
		for (int i = 1; i <= BLOCKS; i++) {
			final double block = 0.5 + random.nextDouble();
			pass(block);
			final double told = remaining.after((double) i / BLOCKS).orElse(Double.NaN);
			if (!Double.isNaN(before)) {
				assertTrue(told >= 0 && told <= before + 1.5, before + " became " + told);
				assertEquals(BLOCKS - i, told, 0.15 * BLOCKS, "after " + i + " blocks");
			}
			before = told;
		}
		assertEquals(0, before, 3);
	}

	@Test
	void oneBlockThatSleptWithTheComputerHardlyCounts() {
		final RemainingTime remaining = remaining();
		for (int i = 1; i <= 150; i++) {
			pass(i == 100 ? 30_000 : 1);
			remaining.after((double) i / BLOCKS);
		}
		assertEquals(150, remaining.after(0.5).getAsDouble(), 30);
	}

	@Test
	void aRunThatBecomesSlowerIsToldSo() {
		final RemainingTime remaining = remaining();
		final List<Double> told = new ArrayList<>();
		for (int i = 1; i <= BLOCKS; i++) {
			pass(i <= 150 ? 1 : 3);
			told.add(remaining.after((double) i / BLOCKS).orElse(Double.NaN));
		}
		assertEquals(150, told.get(149), 1);
		assertEquals(3 * 75, told.get(224), 25);
		assertEquals(3 * 20, told.get(279), 6);
	}

	@Test
	void aClockThatStandsStillOrGoesBackGivesNoNegativeTimes() {
		final RemainingTime remaining = remaining();
		for (int i = 1; i <= 100; i++) {
			pass(i % 10 == 0 ? -1 : 1);
			remaining.after(i / 100.0).ifPresent(told -> assertTrue(told >= 0));
		}
	}
}
