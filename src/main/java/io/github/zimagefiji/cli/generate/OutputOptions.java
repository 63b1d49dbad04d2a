
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;

import picocli.CommandLine.Option;

/** What is written and said. */
final class OutputOptions {

	@Option(names = "--output", required = true, paramLabel = "FILE",
		description = "The image: .png (8-bit colour), .tif or .tiff (8-bit colour, or the type and scale of the image " +
			"that was given). Several images become FILE-0.png, FILE-1.png, … An existing file is replaced.")
	private Path output;

	@Option(names = "--save-latents", paramLabel = "FILE",
		description = "Also write the final latents: a safetensors file with one float32 tensor, latents, of shape " +
			"(count, 16, height/8, width/8).")
	private Path latents;

	@Option(names = "--timings", paramLabel = "FILE",
		description = "Also write how long each part took (seconds) and the peak memory (bytes), as JSON.")
	private Path timings;

	@Option(names = "--quiet", description = "Print nothing but warnings and errors.")
	private boolean quiet;

	@SuppressWarnings("unused") // read by Failures
	@Option(names = "--debug",
		description = "After an error, print where in the program it happened.")
	private boolean debug;

	/**
	 * Names the files of a run.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if the ending is not known
	 */
	OutputFiles files(final int count) {
		return OutputFiles.of(output, count, latents, timings);
	}

	/** Whether only warnings and errors are wanted. */
	boolean quiet() {
		return quiet;
	}
}
