
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.function.Supplier;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.Precision;
import picocli.CommandLine.Option;

/** Which model, and on what it is computed. */
final class ModelOptions {

	@Option(names = "--model", paramLabel = "DIR",
		description = "The model's folder, as downloaded (the layout of Hugging Face diffusers). Default: the built-in " +
			"demo model (microscopy, 128 px).")
	private Path model;

	@Option(names = "--precision", paramLabel = "NAME", defaultValue = "auto",
		description = "Number format of the weights: float32, bfloat16 or auto. Default: ${DEFAULT-VALUE}.")
	private String precision;

	@Option(names = "--device", paramLabel = "NAME", defaultValue = "auto",
		description = "cpu, cuda:N (N counts from 0), mps, or auto. Default: ${DEFAULT-VALUE}.")
	private String device;

	@Option(names = "--threads", paramLabel = "N", defaultValue = "0",
		description = "Processor threads; 0 for automatic. Default: ${DEFAULT-VALUE}.")
	private int threads;

	/**
	 * Gives the model's folder.
	 *
	 * @param builtIn unpacks and gives the part of the built-in model that is used if none was named,
	 *          such as {@link BuiltInModel#folder}
	 */
	Path folder(final Supplier<Path> builtIn) {
		return model == null ? builtIn.get() : model;
	}

	/** Whether a model was named, and so the built-in one is not used. */
	boolean isNamed() {
		return model != null;
	}

	/**
	 * Gives the options of the computation.
	 *
	 * @throws InvalidInputException if one is not known
	 */
	ComputeOptions compute() {
		return new ComputeOptions(device, Precision.of(precision), threads);
	}
}
