package io.github.zimagefiji.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.golden.Golden;
import io.github.zimagefiji.golden.ReferenceRun;


/** One call of the program inside this process, and what it said. */
record Call(int code, String out, String err) {

	static Call of(final String... args) {
		return of(new Cancellation(), false, args);
	}

	static Call of(final Cancellation cancellation, final boolean terminal, final String... args) {
		final StringWriter out = new StringWriter();
		final StringWriter err = new StringWriter();
		final int code = ZImage.run(args, new Session(new PrintWriter(out), new PrintWriter(err), terminal,
			cancellation));
		return new Call(code, out.toString(), err.toString());
	}

	/** The reference's run, with more options; those given twice would be refused. */
	static String[] referenceArgs(final String... more) {
		final List<String> args = new ArrayList<>(List.of("text-to-image", "--model", Golden.model().toString(),
			"--prompt", ReferenceRun.PROMPT, "--width", "64", "--height", "96", "--seed", "43", "--precision", "float32",
			"--device", "cpu", "--threads", "1"));
		args.addAll(List.of(more));
		return args.toArray(String[]::new);
	}
}
