
package io.github.zimagefiji.model.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;

/**
 * A model as downloaded from Hugging Face (the layout of diffusers), or put together by a
 * {@link CombinationFile}, opened and checked: every config is known and every tensor's place, type
 * and shape, but no weight is loaded.
 *
 * @param folder the folder or the combination file
 * @param tokenizer {@code tokenizer.json}
 * @param edit there if the model can edit
 * @param combination there if the model is put together
 */
public record ModelFolder(Path folder, Path tokenizer, TextEncoderConfig textEncoder,
		Checkpoint textEncoderWeights, TransformerConfig transformer, Checkpoint transformerWeights,
		AutoencoderConfig autoencoder, Checkpoint autoencoderWeights, Optional<EditPart> edit,
		SchedulerConfig scheduler, ModelInfo info, Optional<CombinationFile> combination)
{

	private static final String TOKENIZER = "tokenizer/tokenizer.json";

	/**
	 * Opens a folder, or a combination file.
	 *
	 * @param folder in the layout of diffusers, or a folder with a file
	 *          {@value CombinationFile#NAME}, or a file whose name ends with
	 *          {@value CombinationFile#SUFFIX}
	 * @throws InvalidInputException if it is not a Z-Image model, or not a whole one
	 */
	public static ModelFolder open(final Path folder) {
		final Optional<Path> file = CombinationFile.locate(folder);
		if (file.isPresent()) return CombinedModel.open(file.get());
		refuseOtherThings(folder);
		final TextEncoderConfig text =
			TextEncoderConfig.read(folder.resolve("text_encoder/config.json"));
		final TransformerConfig transformer =
			TransformerConfig.read(folder.resolve("transformer/config.json"));
		final AutoencoderConfig vae = AutoencoderConfig.read(folder.resolve("vae/config.json"));
		final SchedulerConfig scheduler =
			SchedulerConfig.read(folder.resolve("scheduler/scheduler_config.json"));
		final Map<String, Checkpoint> weights = new LinkedHashMap<>();
		for (final String component : new String[] { "text_encoder", "transformer", "vae" }) {
			weights.put(component, Checkpoint.open(folder.resolve(component)));
		}
		check(folder, text, transformer, vae, weights);
		final Optional<EditPart> edit = EditPart.open(folder, transformer);
		edit.ifPresent(part -> weights.put(EditPart.COMPONENT, part.weights()));
		final ModelInfo info = ModelIdentity.of(folder, scheduler, Fingerprint.of(weights));
		return new ModelFolder(folder, folder.resolve(TOKENIZER), text,
			TextEncoder.names(weights.get("text_encoder")), transformer, weights.get("transformer"), vae,
			weights.get("vae"), edit, scheduler, info, Optional.empty());
	}

	/**
	 * Whether the model can edit: whether it takes reference images beside a prompt.
	 */
	public boolean canEdit() {
		return edit.isPresent();
	}

	/**
	 * The part for editing.
	 *
	 * @throws InvalidInputException if the model cannot edit, with what can
	 */
	public EditPart editPart() {
		return edit.orElseThrow(() -> new InvalidInputException("The model " + info.name() +
			" cannot edit: it has no image encoder (a folder \"siglip\") with a transformer that takes what it sees. Choose an " +
			"Omni or Edit model, or use Image to Image."));
	}

	/**
	 * A name for the autoencoder's weights, whatever model they are part of.
	 *
	 * @return 64 lower-case hexadecimal digits
	 * @throws InvalidInputException if a file cannot be read
	 */
	public String autoencoderFingerprint() {
		return Fingerprint.ofTensors(autoencoderWeights);
	}

	/**
	 * Looks whether the weights are still those that were opened, and a combination file still says
	 * the same.
	 *
	 * @throws InvalidInputException if a file has been changed, shortened or removed since
	 */
	public void checkUnchanged() {
		combination.ifPresent(it -> {
			if (!CombinationFile.read(folder).equals(it)) throw new InvalidInputException(
				folder + " was changed after it was opened. Open the model again.");
		});
		textEncoderWeights.checkUnchanged();
		transformerWeights.checkUnchanged();
		autoencoderWeights.checkUnchanged();
		edit.ifPresent(part -> part.weights().checkUnchanged());
	}

	/**
	 * Checks that each network's weights are those of its config, and that the networks fit each
	 * other.
	 *
	 * @param place of the model, for messages
	 * @param weights by the names of the components: {@code text_encoder}, {@code transformer},
	 *          {@code vae}
	 * @throws InvalidInputException if one of that is not so
	 */
	static void check(final Path place, final TextEncoderConfig text,
		final TransformerConfig transformer, final AutoencoderConfig vae,
		final Map<String, Checkpoint> weights)
	{
		if (text.width() != transformer.captionWidth()) throw new InvalidInputException("In " + place +
			" the text encoder gives " + text.width() + " numbers a token, but the transformer takes " +
			transformer.captionWidth() + ". The parts are of different models.");
		if (vae.latentChannels() != transformer.channels())
			throw new InvalidInputException("In " + place + " the autoencoder has " +
				vae.latentChannels() + " latent channels, but the transformer " + transformer.channels() +
				". The parts are of different models.");
		TextEncoder.check(text, TextEncoder.names(weights.get("text_encoder")));
		Transformer.check(transformer, weights.get("transformer"));
		Autoencoder.check(vae, weights.get("vae"));
	}

	private static void refuseOtherThings(final Path folder) {
		final String advice =
			" A model folder holds model_index.json and the folders transformer, text_encoder, vae, tokenizer and scheduler. " +
				"Single files are named in a file *" + CombinationFile.SUFFIX + ".";
		if (!Files.exists(folder))
			throw new InvalidInputException("There is no folder " + folder + "." + advice);
		if (!Files.isDirectory(folder)) Checkpoint.checkName(folder);
		if (!Files.isDirectory(folder))
			throw new InvalidInputException(folder + " is a file, not a model folder." + advice);
		if (!Files.isDirectory(folder.resolve("transformer"))) {
			Folders.list(folder).forEach(Checkpoint::checkName);
			throw new InvalidInputException(
				folder + " is not a Z-Image model folder: it has no folder \"transformer\"." + advice);
		}
		if (!Files.isRegularFile(folder.resolve(TOKENIZER)))
			throw new InvalidInputException("The model folder " + folder + " has no " + TOKENIZER +
				". Download the model's folder \"tokenizer\" again.");
	}
}
