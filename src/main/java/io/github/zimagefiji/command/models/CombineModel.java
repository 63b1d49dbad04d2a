
package io.github.zimagefiji.command.models;

import java.io.File;
import java.nio.file.Path;

import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.ModelVariant;
import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.ModelChoice;
import io.github.zimagefiji.command.common.ModelCommand;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.maintenance.ModelCombination;
import io.github.zimagefiji.model.folder.CombinationFile;

/**
 * Makes a model of single files, as those for ComfyUI, by a small text file that names them.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Combine Model Files...", weight = 33) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class CombineModel extends ModelCommand implements Checked {

	private static final String RECOGNISED = "recognised";

	@Parameter(label = "Name", required = false, persist = false,
		description = "How to call the model.")
	private String name = "";

	@Parameter(label = "Transformer", required = false, persist = false,
		description = "A safetensors file, or the folder of a transformer or of a download.")
	private File transformer;

	@Parameter(label = "Text encoder", required = false, persist = false,
		description = "The Qwen3 file, or the folder of a text encoder or of a download.")
	private File text_encoder;

	@Parameter(label = "Autoencoder", required = false, persist = false,
		description = "A safetensors file, or the folder of an autoencoder or of a download.")
	private File vae;

	@Parameter(label = "Tokenizer", required = false, persist = false,
		description = "tokenizer.json, which ComfyUI's files do not hold; the catalogue has it as Z-Image-Tokenizer.")
	private File tokenizer;

	@Parameter(label = "Variant", choices = { RECOGNISED, "turbo", "base" }, persist = false,
		description = "Which model the transformer is, for files that are not recognised.")
	private String variant = RECOGNISED;

	@Override
	public void check() {
		ModelCombination.check(folder(), title(), files());
	}

	private String title() {
		if (name == null || name.isBlank()) throw new InvalidInputException("Give the model a name.");
		return name.strip();
	}

	private CombinationFile files() {
		return CombinationFile.of(part("transformer", transformer), part("text encoder", text_encoder),
			part("autoencoder", vae), part("tokenizer", tokenizer)).withVariant(variant());
	}

	@Override
	protected void work() {
		final String title = title();
		final CombinationFile files = files();
		final Path file = ModelCombination.fileIn(folder(), title);
		final ModelInfo info = ModelCombination.write(file, files);
		tell(info.name() + " (" + info.variant().label() + ") is in " + file + ".");
	}

	private Path part(final String what, final File file) {
		if (!ModelChoice.isFolder(file))
			throw new InvalidInputException("Choose the file of the " + what + ".");
		return ModelCombination.part(file.getPath(), folder());
	}

	private ModelVariant variant() {
		return switch (variant) {
			case "turbo" -> ModelVariant.TURBO;
			case "base" -> ModelVariant.BASE;
			default -> null;
		};
	}
}
