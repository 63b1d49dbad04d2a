package io.github.zimagefiji.cli;

import java.nio.file.Path;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Precision;
import io.github.zimagefiji.hub.BuiltInModel;
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

	/** Gives the model's folder; that of the built-in model, which may have to be unpacked first, if none was named. */
	Path folder() {
		return model == null ? BuiltInModel.folder() : model;
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
