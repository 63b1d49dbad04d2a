
package io.github.zimagefiji.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.zimagefiji.cli.program.Cancellation;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.ReferenceRun;

/** One call of the program inside this process, and what it said. */
public record Call(int code, String out, String err) {

	public static Call of(final String... args) {
		return of(new Cancellation(), false, args);
	}

	public static Call of(final Cancellation cancellation, final boolean terminal,
		final String... args)
	{
		final StringWriter out = new StringWriter();
		final StringWriter err = new StringWriter();
		final int code = ZImage.run(args,
			new Session(new PrintWriter(out), new PrintWriter(err), terminal, cancellation));
		return new Call(code, out.toString(), err.toString());
	}

	/**
	 * A quick run of the tiny model with two steps, by a subcommand and its options.
	 */
	public static Call tiny(final String command, final Object... more) {
		return with(Golden.model(), command, more);
	}

	/** A quick run of some model with two steps, unless options say otherwise. */
	public static Call with(final Path model, final String command, final Object... more) {
		final List<String> args = new ArrayList<>(List.of(command, "--model", model.toString(),
			"--prompt", "a cell", "--device", "cpu", "--precision", "float32", "--threads", "1"));
		Stream.of(more).map(Object::toString).forEach(args::add);
		if (!args.contains("--seed")) args.addAll(List.of("--seed", "7"));
		if (!args.contains("--steps")) args.addAll(List.of("--steps", "2"));
		return of(args.toArray(String[]::new));
	}

	/** The same call, which must have made everything. */
	public Call succeeded() {
		assertEquals(0, code, err);
		return this;
	}

	/**
	 * The same call, which must have been refused with one sentence that holds some words.
	 */
	public Call refused(final String... words) {
		assertEquals(2, code, err);
		final List<String> errors = err.lines().filter(line -> line.startsWith("zimage: ")).toList();
		assertEquals(1, errors.size(), err);
		for (final String word : words)
			assertTrue(errors.get(0).contains(word), "\"" + word + "\" is missing in: " + err);
		assertFalse(err.contains("\tat "), "no stack trace was asked for");
		assertFalse(err.contains("Forming"), "the run must not have started");
		return this;
	}

	/** The same call, which must have told some things on standard output. */
	public Call told(final String... words) {
		for (final String word : words)
			assertTrue(out.contains(word), "\"" + word + "\" is missing in: " + out);
		return this;
	}

	/**
	 * The reference's run, with more options; those given twice would be refused.
	 */
	public static String[] referenceArgs(final String... more) {
		final List<String> args = new ArrayList<>(List.of("text-to-image", "--model",
			Golden.model().toString(), "--prompt", ReferenceRun.PROMPT, "--width", "64", "--height", "96",
			"--seed", "43", "--precision", "float32", "--device", "cpu", "--threads", "1"));
		args.addAll(List.of(more));
		return args.toArray(String[]::new);
	}
}
