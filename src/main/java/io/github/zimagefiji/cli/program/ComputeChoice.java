
package io.github.zimagefiji.cli.program;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import picocli.CommandLine.Option;

/**
 * On what a dataset is computed. Unlike for single images, the precision is not measured: a
 * measurement may come out otherwise when a run goes on, and so would the pixels.
 */
public final class ComputeChoice {

	@Option(names = "--precision", paramLabel = "NAME", defaultValue = "float32",
		description = "Number format of the weights: float32, bfloat16 or auto (measured at each start). Default: " +
			"${DEFAULT-VALUE}.")
	private String precision;

	@Option(names = "--device", paramLabel = "NAME", defaultValue = "auto",
		description = "cpu, cuda:N (N counts from 0), mps, or auto. Default: ${DEFAULT-VALUE}.")
	private String device;

	@Option(names = "--threads", paramLabel = "N", defaultValue = "0",
		description = "Processor threads; 0 for automatic. The same number gives the same pixels. Default: ${DEFAULT-VALUE}.")
	private int threads;

	/**
	 * Gives the options of the computation.
	 *
	 * @throws InvalidInputException if one is not known
	 */
	public ComputeOptions options() {
		return new ComputeOptions(device, Precision.of(precision), threads);
	}
}
