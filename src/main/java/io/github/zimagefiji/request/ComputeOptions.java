
package io.github.zimagefiji.request;

import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * On what, and how, a model is computed.
 *
 * @param device {@code cpu}, {@code cuda:N} (N counts from 0), {@code mps}, or {@code auto} for the
 *          first GPU that the native library supports, else the processor
 * @param precision the number format of weights and linear layers
 * @param threads processor threads of one operation; 0 leaves the choice to the engine
 */
public record ComputeOptions(String device, Precision precision, int threads) {

	/** Everything chosen automatically. */
	public static final ComputeOptions AUTO = new ComputeOptions("auto", Precision.AUTO, 0);

	public ComputeOptions {
		Objects.requireNonNull(device, "device");
		Objects.requireNonNull(precision, "precision");
		if (!device.matches("auto|cpu|mps|cuda(:\\d{1,3})?")) throw new InvalidInputException(
			"Unknown device \"" + device + "\". Use cpu, cuda:0, mps or auto.");
		if (threads < 0 || threads > 1024) throw new InvalidInputException("The number of threads is " +
			threads + "; it must be between 1 and 1024, or 0 for automatic.");
	}

	/** These options with another precision. */
	public ComputeOptions withPrecision(final Precision other) {
		return new ComputeOptions(device, other, threads);
	}
}
