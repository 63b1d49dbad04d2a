
package io.github.zimagefiji.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.zimagefiji.ChildJvm;

/**
 * Whoever closes Fiji while an image forms stops the run, and the process ends.
 */
@Tag("process")
@Tag("window")
class ClosingTest {

	@ParameterizedTest
	@ValueSource(strings = { "dispose", "exit" })
	void theRunIsStoppedAndTheProcessEnds(final String way) throws Exception {
		assertStopped(ChildJvm.run(ClosingScenario.class, way));
	}

	@Test
	void quittingImageJStopsTheRunAndAsksNothingOfThePreview() throws Exception {
		assertStopped(ChildJvm.runWithDisplay(ClosingScenario.class, "quit"));
	}

	private static void assertStopped(final ChildJvm.Result result) {
		assertEnded(result);
		assertTrue(result.output().contains("run cancelled"), result.output());
	}

	@Test
	void theProcessEndsEvenIfTheEventThreadWaitsForItsEnd() throws Exception {
		assertEnded(ChildJvm.run(ClosingScenario.class, "exit-on-event-thread"));
	}

	private static void assertEnded(final ChildJvm.Result result) {
		assertTrue(result.ended(), "still running: " + result.output());
		assertEquals(0, result.exitCode(), result.output());
		assertFalse(result.output().contains("Exception"), result.output());
		assertFalse(result.output().contains("run ended"),
			"the run was over before it could be stopped");
	}
}
