
package io.github.zimagefiji.fuzz;

import java.nio.file.Path;
import java.util.List;

/**
 * A parser to be tried.
 *
 * @param name of the parser, for the table
 * @param format how its inputs are changed
 * @param file where an input is written before the parser is called; what else it needs lies beside
 *          it
 * @param seeds inputs that it accepts
 * @param parser the parser
 */
public record Target(String name, Format format, Path file, List<byte[]> seeds, Parser parser) {

	/** Calls a parser with one input. */
	@FunctionalInterface
	public interface Parser {

		/**
		 * Returns if the input is accepted.
		 *
		 * @param input what also lies in {@code file}
		 * @param number of the input, for parsers that are called in several ways
		 * @throws Exception a {@link io.github.zimagefiji.error.ZImageException} if it is refused; any
		 *           other is a fault
		 */
		void parse(Path file, byte[] input, int number) throws Exception;
	}

	/** Copies the list. */
	public Target {
		seeds = List.copyOf(seeds);
	}
}
