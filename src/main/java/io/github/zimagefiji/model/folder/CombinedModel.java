
package io.github.zimagefiji.model.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;
import io.github.zimagefiji.weights.singlefile.SingleFile;

/**
 * Opens the model that a {@link CombinationFile} names, part by part; each is a single file or a
 * folder of diffusers.
 */
final class CombinedModel {

	private static final String CONFIG = "config.json";

	private final Path file;
	private final CombinationFile combination;
	private final Map<String, Checkpoint> weights = new LinkedHashMap<>();

	private CombinedModel(final Path file) {
		this.file = file;
		combination = CombinationFile.read(file);
	}

	/**
	 * Opens a model.
	 *
	 * @throws InvalidInputException if a part is missing, is of another kind, or does not fit the
	 *           others
	 */
	static ModelFolder open(final Path file) {
		return new CombinedModel(file).open();
	}

	private ModelFolder open() {
		final TextEncoderConfig text = part("text_encoder", combination.textEncoder(),
			combination.textEncoderConfig(), SingleFile::textEncoder, TextEncoderConfig::read,
			w -> TextEncoderConfig.infer(TextEncoder.names(w)));
		final TransformerConfig transformer =
			part("transformer", combination.transformer(), combination.transformerConfig(),
				SingleFile::transformer, TransformerConfig::read, TransformerConfig::infer);
		final AutoencoderConfig vae =
			part("vae", combination.autoencoder(), combination.autoencoderConfig(),
				SingleFile::autoencoder, AutoencoderConfig::read, AutoencoderConfig::infer);
		ModelFolder.check(file, text, transformer, vae, weights);
		final ModelInfo info = ModelIdentity.of(file, combination, Fingerprint.of(weights));
		final SchedulerConfig scheduler =
			SchedulerConfig.withShift(ModelIdentity.shift(file, combination, info));
		return new ModelFolder(file, tokenizer(), text, TextEncoder.names(weights.get("text_encoder")),
			transformer, weights.get("transformer"), vae, weights.get("vae"), Optional.empty(), scheduler,
			info, Optional.of(combination));
	}

	/** Opens the weights, and finds the config: read from a file, or inferred. */
	private <C> C part(final String key, final Path place, final Path config,
		final Function<Path, Checkpoint> single, final Function<Path, C> read,
		final Function<Checkpoint, C> infer)
	{
		checkThere(key, place);
		if (Files.isDirectory(place)) {
			if (config != null)
				throw new InvalidInputException("In " + file + ", \"" + key + "_config\" is given for " +
					place + ", which is a folder with its own config.json. Leave it out.");
			final Path folder = inside(place, key);
			weights.put(key, Checkpoint.open(folder));
			return read.apply(folder.resolve(CONFIG));
		}
		weights.put(key, single.apply(place));
		if (config != null) checkThere(key + "_config", config);
		return config == null ? infer.apply(weights.get(key)) : read.apply(config);
	}

	private Path tokenizer() {
		final Path place = combination.tokenizer();
		checkThere("tokenizer", place);
		final Path tokenizer =
			Files.isDirectory(place) ? inside(place, "tokenizer").resolve("tokenizer.json") : place;
		if (!Files.isRegularFile(tokenizer)) throw new InvalidInputException("The folder " + place +
			", which " + file +
			" names as tokenizer, holds no tokenizer.json. Download that file from the folder \"tokenizer\" of " +
			"Tongyi-MAI/Z-Image-Turbo.");
		return tokenizer;
	}

	/** The user may name a component's folder or that of the model around it. */
	private static Path inside(final Path folder, final String component) {
		final Path inner = folder.resolve(component);
		return Files.isDirectory(inner) ? inner : folder;
	}

	private void checkThere(final String key, final Path place) {
		if (!Files.exists(place)) throw new InvalidInputException("The " + key + " " + place +
			", which " + file + " names, does not exist. Correct the path there.");
		if (!Files.isDirectory(place) && !Files.isRegularFile(place))
			throw new InvalidInputException("The " + key + " " + place + ", which " + file +
				" names, is neither a file nor a folder. Correct the path there.");
	}
}
