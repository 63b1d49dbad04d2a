
package io.github.zimagefiji.cli.models;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.hub.maintenance.ModelCombination;
import io.github.zimagefiji.model.folder.CombinationFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code zimage models combine}: makes a model of single files, as those for ComfyUI.
 */
@Command(name = "combine", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Makes a model of single files, as those for ComfyUI, by a small text file that names them.",
	footer = { "",
		"A part is a file, a folder, or the name of a download in the folder of models. Example:",
		"  zimage models combine --transformer Z-Image-Turbo-ComfyUI --text-encoder Qwen3-4B-ComfyUI",
		"    --vae Z-Image-Autoencoder-ComfyUI --tokenizer Z-Image-Tokenizer --output Turbo.zimage.json" })
final class ModelsCombine implements Callable<Integer> {

	private final Session session;

	@Option(names = "--transformer", required = true, paramLabel = "F",
		description = "The transformer.")
	private String transformer;

	@Option(names = "--text-encoder", required = true, paramLabel = "F",
		description = "The text encoder (Qwen3).")
	private String textEncoder;

	@Option(names = "--vae", required = true, paramLabel = "F", description = "The autoencoder.")
	private String vae;

	@Option(names = "--tokenizer", required = true, paramLabel = "F", description = "tokenizer.json.")
	private String tokenizer;

	@Option(names = "--variant", paramLabel = "NAME",
		description = "turbo or base. Needed only for files that are not recognised.")
	private String variant;

	@Option(names = "--output", required = true, paramLabel = "NAME.zimage.json",
		description = "The file to write: a name alone goes into the folder of models, where the model can be chosen.")
	private Path output;

	@Mixin
	private ModelsOptions options;

	ModelsCombine(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final Path models = options.folder();
		final CombinationFile files = CombinationFile
			.of(ModelCombination.part(transformer, models), ModelCombination.part(textEncoder, models),
				ModelCombination.part(vae, models), ModelCombination.part(tokenizer, models))
			.withVariant(variant == null ? null : ModelsOptions.choice("--variant", variant,
				List.of(ModelVariant.TURBO, ModelVariant.BASE)));
		final Path file =
			output.getParent() == null ? ModelCombination.fileIn(models, output.toString()) : output;
		final ModelInfo info = ModelCombination.write(file, files);
		options.tell(session, "Model: " + file + " (" + info.variant().label() + ", decided by: " +
			info.variantReason() + ")");
		return ExitCode.SUCCESS;
	}
}
