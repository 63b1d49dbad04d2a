package io.github.zimagefiji.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.pipeline.LocalHost;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zimage text-to-image}: images from a prompt. */
@Command(name = "text-to-image", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false, description = "Makes images from text.", footer = { "", "Examples:",
		"  zimage text-to-image --prompt \"three round green nuclei\" --seed 42 --output nuclei.png",
		"  zimage text-to-image --model Z-Image-Turbo --prompt \"a cat in the snow\" --seed 42 --output cat.png", "",
		"The image file says how it was made: model, prompt, seed and every setting." })
final class TextToImageSubcommand implements Callable<Integer> {

	private final Session session;

	@Mixin
	private ModelOptions model;

	@Mixin
	private RequestOptions options;

	@Option(names = "--output", required = true, paramLabel = "FILE",
		description = "The image: .png (8 bits), .tif or .tiff. Several images become FILE-0.png, FILE-1.png, … " +
			"An existing file is replaced.")
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
	@Option(names = "--debug", description = "After an error, print where in the program it happened.")
	private boolean debug;

	TextToImageSubcommand(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final TextToImageRequest request = options.request();
		final ComputeOptions compute = model.compute();
		final Path folder = model.folder();
		final OutputFiles files = OutputFiles.of(output, request.count(), latents, timings);
		files.check();
		final RunSummary summary = new RunSummary(session, quiet);
		try (Host host = new LocalHost()) {
			final ModelInfo info = host.inspect(folder);
			summary.before(info, request);
			final GenerationResult result = generate(host, folder, compute, request);
			// From here on a signal is too late: the files are written, and the process ends as usual.
			files.write(result);
			summary.after(files, result);
		}
		return ExitCode.SUCCESS;
	}

	private GenerationResult generate(final Host host, final Path folder, final ComputeOptions compute,
		final TextToImageRequest request)
	{
		try (ProgressPrinter progress = new ProgressPrinter(session, quiet)) {
			final GenerationResult result = host.generate(folder, compute, request, progress);
			progress.checkCanceled();
			return result;
		}
	}
}
