
package io.github.zimagefiji.cli.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.LoraChoice;
import io.github.zimagefiji.request.Task;
import io.github.zimagefiji.request.setting.RequestMaker;
import io.github.zimagefiji.request.setting.SettingValues;
import io.github.zimagefiji.request.setting.Settings;
import io.github.zimagefiji.weights.lora.PlacedLora;

/**
 * Runs what a subcommand wants made: checks, tells, generates, writes, tells.
 */
final class JobRun {

	private final Session session;
	private final SettingValues values;
	private final FilePictures pictures;
	private final boolean quiet;

	JobRun(final Session session, final SettingValues values, final FilePictures pictures) {
		this.session = session;
		this.values = values;
		this.pictures = pictures;
		quiet = values.has(CommandLineSettings.QUIET);
	}

	/**
	 * Makes and writes the images.
	 *
	 * @throws InvalidInputException if something cannot be used or written
	 */
	void run(final GenerationRequest request) {
		final ComputeOptions compute = RequestMaker.compute(values);
		final OutputFiles files =
			OutputFiles.of(values.get(CommandLineSettings.OUTPUT), request.text().count(),
				values.get(CommandLineSettings.SAVE_LATENTS), values.get(CommandLineSettings.TIMINGS));
		files.check(reads(request));
		final Path folder = values.find(Settings.MODEL).orElseGet(
			() -> request.task() == Task.EDIT ? BuiltInModel.editModel() : BuiltInModel.folder());
		final RunSummary summary = new RunSummary(session, quiet);
		try (Host host = new LocalHost()) {
			final ModelInfo info = host.inspect(folder);
			final List<PlacedLora> loras = place(request.text().loras(), folder);
			summary.before(info, request, loras);
			final GenerationResult result = generate(host, folder, compute, request);
			// From here on a signal is too late: the files are written, and the
			// process ends as usual.
			files.write(result, pictures.tiff(request));
			summary.after(files, result, request);
		}
	}

	/** All files that are read, none of which may be replaced. */
	private List<Path> reads(final GenerationRequest request) {
		final Stream<Path> others = Stream.concat(request.text().loras().stream().map(LoraChoice::file),
			values.find(CommandLineSettings.PROMPT_FILE).stream());
		return Stream.concat(others, pictures.reads().stream()).toList();
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
		try (ProgressPrinter progress = new ProgressPrinter(session, quiet)) {
			final GenerationResult result = host.generate(folder, compute, request, progress);
			progress.checkCanceled();
			return result;
		}
	}
}
