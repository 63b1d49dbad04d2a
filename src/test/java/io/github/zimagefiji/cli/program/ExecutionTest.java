
package io.github.zimagefiji.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;

class ExecutionTest {

	private final StringWriter err = new StringWriter();

	private int report(final Throwable failure, final boolean debug) {
		return Execution.report(failure, new PrintWriter(err), debug);
	}

	@Test
	void tellsBadInputFailedRunsAndCancelledOnesApart() {
		assertEquals(2, report(new InvalidInputException("Not so."), false));
		assertEquals(3,
			report(new EngineFailedException("Out of memory. Use a smaller image."), false));
		assertEquals(130, report(new RunCanceledException(), false));
		assertEquals(3, report(new IllegalStateException("never"), false));
		assertEquals(3, report(new UnsatisfiedLinkError("no library"), false));
	}

	@Test
	void writesOneSentence() {
		report(new EngineFailedException("Out of memory. Use a smaller image.",
			new RuntimeException("inner")), false);
		assertEquals("zimage: Out of memory. Use a smaller image." + System.lineSeparator(),
			err.toString());
	}

	@Test
	void writesWhereItHappenedAndWhyWhenAsked() {
		report(new EngineFailedException("Out of memory.", new RuntimeException("inner")), true);
		assertTrue(err.toString().contains("\tat " + ExecutionTest.class.getName()), err.toString());
		assertTrue(err.toString().contains("java.lang.RuntimeException: inner"), err.toString());
	}

	@Test
	void tellsHowToGiveJavaMoreMemory() {
		report(new OutOfMemoryError("Java heap space"), false);
		assertTrue(err.toString().contains("ZIMAGE_JAVA_OPTS=-Xmx"), err.toString());
	}

	@Test
	void tellsThreadsAndArraysFromMemory() {
		report(new OutOfMemoryError(
			"unable to create native thread: possibly out of memory or process/resource limits reached"),
			false);
		report(new OutOfMemoryError("Requested array size exceeds VM limit"), false);
		assertTrue(err.toString().contains("no more threads") && err.toString().contains("one array") &&
			!err.toString().contains("-Xmx"), err.toString());
	}

	@Test
	void asksToReportWhatItDidNotExpect() {
		report(new IllegalStateException("never"), false);
		assertTrue(err.toString().contains("never"), err.toString());
		assertTrue(err.toString().contains("--debug"), err.toString());
	}
}
