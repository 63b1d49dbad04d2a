
package io.github.zimagefiji.fuzz;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Runs the campaign: {@code --inputs N} over all parsers (1000000), {@code --seed N} (1),
 * {@code --only NAME,NAME} for some parsers, {@code --findings FOLDER}. The exit status is 1 if
 * there are findings. {@code scripts/fuzz/campaign} starts it.
 */
public final class FuzzMain {

	private FuzzMain() {
		// only main()
	}

	/** Prints a table of all parsers. */
	public static void main(final String[] args) throws Exception {
		final int inputs = Integer.parseInt(option(args, "--inputs", "1000000"));
		final long seed = Long.parseLong(option(args, "--seed", "1"));
		final String only = option(args, "--only", "");
		final Path folder = Files.createTempDirectory("zimage-fuzz");
		final List<Target> targets = Targets.all(folder).stream()
			.filter(target -> only.isEmpty() || List.of(only.split(",")).contains(target.name()))
			.toList();
		final Campaign campaign =
			new Campaign(seed, Path.of(option(args, "--findings", "target/fuzz")));
		System.out.println(Tally.head());
		int all = 0;
		int faults = 0;
		final long start = System.nanoTime();
		for (int i = 0; i < targets.size(); i++) {
			final Tally tally = campaign.run(targets.get(i), share(inputs, targets.size(), i));
			System.out.println(tally.row());
			tally.findings().forEach((what, count) -> System.out.println("    " + count + " × " + what));
			all += tally.inputs();
			faults += tally.findings().size();
		}
		System.out.printf(Locale.ROOT, "%n%d inputs, seed %d, %.0f s, %s%n", all, seed,
			(System.nanoTime() - start) / 1e9, faults == 0 ? "no faults" : faults + " faults");
		System.exit(faults == 0 ? 0 : 1);
	}

	/** Inputs of one parser, so that they add up. */
	static int share(final int inputs, final int parsers, final int parser) {
		return inputs / parsers + (parser < inputs % parsers ? 1 : 0);
	}

	private static String option(final String[] args, final String name, final String otherwise) {
		for (int i = 0; i + 1 < args.length; i++) {
			if (args[i].equals(name)) return args[i + 1];
		}
		return otherwise;
	}
}
