
package io.github.zimagefiji.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.cli.program.Session;

/**
 * One call of the job inside this process, in Spark's local mode, and what it said.
 */
record Call(int code, String out, String err) {

	static Call of(final Cancellation cancellation, final Object... args) {
		final StringWriter out = new StringWriter();
		final StringWriter err = new StringWriter();
		final int code =
			DatasetJob.run(Arrays.stream(args).map(Object::toString).toArray(String[]::new),
				new Session(new PrintWriter(out), new PrintWriter(err), false, cancellation));
		return new Call(code, out.toString(), err.toString());
	}

	static Call of(final Object... args) {
		return of(new Cancellation(), args);
	}

	/**
	 * The same call, which must have been refused with one sentence that holds some words.
	 */
	Call refused(final String... words) {
		assertEquals(2, code, err);
		final List<String> sentences =
			new ArrayList<>(err.lines().filter(line -> line.startsWith("zimage: ")).toList());
		assertEquals(1, sentences.size(), err);
		for (final String word : words)
			assertTrue(sentences.get(0).contains(word), "\"" + word + "\" is missing in: " + err);
		return this;
	}
}
