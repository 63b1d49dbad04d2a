
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.weights.lora.PlacedLora;

/**
 * Runs what a subcommand wants made: checks, tells, generates, writes, tells.
 */
final class JobRun {

	private final Session session;
	private final GenerationOptions options;

	JobRun(final Session session, final GenerationOptions options) {
		this.session = session;
		this.options = options;
	}

	/**
	 * Makes and writes the images.
	 *
	 * @param builtIn the model if none was named
	 * @return {@link ExitCode#SUCCESS}
	 * @throws InvalidInputException if something cannot be used or written
	 */
	int run(final Job job, final Supplier<Path> builtIn) {
		final GenerationRequest request = job.request();
		final ComputeOptions compute = options.model().compute();
		final OutputFiles files = options.output().files(request.text().count());
		files.check(Stream.concat(options.reads().stream(), job.reads().stream()).toList());
		final Path folder = options.model().folder(builtIn);
		final RunSummary summary = new RunSummary(session, options.output().quiet());
		try (Host host = new LocalHost()) {
			final ModelInfo info = host.inspect(folder);
			final List<PlacedLora> loras = place(request.text().loras(), folder);
			summary.before(info, request, loras);
			final GenerationResult result = generate(host, folder, compute, request);
			// From here on a signal is too late: the files are written, and the
			// process ends as usual.
			files.write(result, job.tiff());
			summary.after(files, result, request);
		}
		return ExitCode.SUCCESS;
	}

	/**
	 * Finds before the run which layers each LoRA changes, and what of it has no effect.
	 */
	private static List<PlacedLora> place(final List<LoraChoice> loras, final Path folder) {
		if (loras.isEmpty()) return List.of();
		final ModelFolder model = ModelFolder.open(folder);
		return loras.stream().map(lora -> PlacedLora.of(lora, model.transformerWeights())).toList();
	}

	private GenerationResult generate(final Host host, final Path folder,
		final ComputeOptions compute, final GenerationRequest request)
	{
		try (ProgressPrinter progress = new ProgressPrinter(session, options.output().quiet())) {
			final GenerationResult result = host.generate(folder, compute, request, progress);
			progress.checkCanceled();
			return result;
		}
	}
}
