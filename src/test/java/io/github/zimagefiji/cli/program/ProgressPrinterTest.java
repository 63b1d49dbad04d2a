
package io.github.zimagefiji.cli.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import io.github.zimagefiji.request.Stage;

class ProgressPrinterTest {

	private final StringWriter err = new StringWriter();
	private final Cancellation cancellation = new Cancellation();

	private void report(final boolean terminal, final boolean quiet) {
		final Session session = new Session(new PrintWriter(new StringWriter()), new PrintWriter(err),
			terminal, cancellation);
		try (ProgressPrinter printer = new ProgressPrinter(session, quiet)) {
			printer.update(Stage.LOAD, 0, "");
			for (int i = 1; i <= 1000; i++) {
				printer.update(Stage.DENOISE, i / 1000.0, "step " + i + " of 1000");
			}
		}
	}

	@Test
	void writesFewLinesIntoALogFile() {
		report(false, false);
		// Loading, the first step, and ten tenths.
		assertEquals(12, err.toString().lines().count(), err.toString());
		assertTrue(err.toString().startsWith("  0 %  Loading the model" + System.lineSeparator()),
			err.toString());
		assertTrue(err.toString()
			.endsWith("100 %  Forming the image: step 1000 of 1000" + System.lineSeparator()));
	}

	@Test
	void writesOneLineOverOnATerminalAndRemovesIt() {
		report(true, false);
		assertFalse(err.toString().contains("\n"));
		assertEquals(1001, err.toString().split("\r", -1).length - 2);
		assertTrue(err.toString().endsWith("\r\u001B[K"));
	}

	@Test
	void isSilentWhenQuiet() {
		report(true, true);
		report(false, true);
		assertEquals("", err.toString());
	}

	@Test
	void passesOnThatTheRunIsToStop() {
		final Session session =
			new Session(new PrintWriter(err), new PrintWriter(err), false, cancellation);
		try (ProgressPrinter printer = new ProgressPrinter(session, true)) {
			assertFalse(printer.isCanceled());
			cancellation.cancel();
			assertTrue(printer.isCanceled());
		}
	}
}
