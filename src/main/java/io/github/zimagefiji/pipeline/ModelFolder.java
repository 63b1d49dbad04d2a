package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.IOReason;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.model.Autoencoder;
import io.github.zimagefiji.model.AutoencoderConfig;
import io.github.zimagefiji.model.TextEncoder;
import io.github.zimagefiji.model.TextEncoderConfig;
import io.github.zimagefiji.model.Transformer;
import io.github.zimagefiji.model.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.Fingerprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model as downloaded from Hugging Face (the layout of diffusers), opened and checked: every config is read and every
 * tensor's place, type and shape is known, but no weight is loaded. {@code edit} is there if the model can edit.
 */
public record ModelFolder(Path folder, TextEncoderConfig textEncoder, Checkpoint textEncoderWeights,
	TransformerConfig transformer, Checkpoint transformerWeights, AutoencoderConfig autoencoder,
	Checkpoint autoencoderWeights, Optional<EditPart> edit, SchedulerConfig scheduler, ModelInfo info)
{

	private static final String TOKENIZER = "tokenizer/tokenizer.json";

	/**
	 * Opens a folder.
	 *
	 * @throws InvalidInputException if it is not a Z-Image model, or not a whole one
	 */
	public static ModelFolder open(final Path folder) {
		refuseOtherThings(folder);
		final TextEncoderConfig text = TextEncoderConfig.read(folder.resolve("text_encoder/config.json"));
		final TransformerConfig transformer = TransformerConfig.read(folder.resolve("transformer/config.json"));
		final AutoencoderConfig vae = AutoencoderConfig.read(folder.resolve("vae/config.json"));
		final SchedulerConfig scheduler = SchedulerConfig.read(folder.resolve("scheduler/scheduler_config.json"));
		checkTogether(folder, text, transformer, vae);
		final Map<String, Checkpoint> weights = new LinkedHashMap<>();
		for (final String component : new String[] { "text_encoder", "transformer", "vae" }) {
			weights.put(component, Checkpoint.open(folder.resolve(component)));
		}
		final Checkpoint textWeights = TextEncoder.names(weights.get("text_encoder"));
		TextEncoder.check(text, textWeights);
		Transformer.check(transformer, weights.get("transformer"));
		Autoencoder.check(vae, weights.get("vae"));
		final Optional<EditPart> edit = EditPart.open(folder, transformer);
		edit.ifPresent(part -> weights.put(EditPart.COMPONENT, part.weights()));
		final ModelInfo info = ModelIdentity.of(folder, scheduler, Fingerprint.of(weights));
		return new ModelFolder(folder, text, textWeights, transformer, weights.get("transformer"), vae, weights.get("vae"),
			edit, scheduler, info);
	}

	/** Whether the model can edit: whether it takes reference images beside a prompt. */
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

	/** The tokenizer's file. */
	public Path tokenizer() {
		return folder.resolve(TOKENIZER);
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
	 * Looks whether the weights are still those that were opened.
	 *
	 * @throws InvalidInputException if a file has been changed, shortened or removed since
	 */
	void checkUnchanged() {
		textEncoderWeights.checkUnchanged();
		transformerWeights.checkUnchanged();
		autoencoderWeights.checkUnchanged();
		edit.ifPresent(part -> part.weights().checkUnchanged());
	}

	private static void refuseOtherThings(final Path folder) {
		final String advice =
			" A model folder holds model_index.json and the folders transformer, text_encoder, vae, tokenizer and scheduler.";
		if (!Files.exists(folder)) throw new InvalidInputException("There is no folder " + folder + "." + advice);
		if (!Files.isDirectory(folder)) Checkpoint.checkName(folder);
		if (!Files.isDirectory(folder)) throw new InvalidInputException(folder + " is a file, not a model folder." + advice);
		if (!Files.isDirectory(folder.resolve("transformer"))) {
			files(folder).forEach(Checkpoint::checkName);
			throw new InvalidInputException(folder + " is not a Z-Image model folder: it has no folder \"transformer\"." +
				advice);
		}
		if (!Files.isRegularFile(folder.resolve(TOKENIZER))) throw new InvalidInputException("The model folder " + folder +
			" has no " + TOKENIZER + ". Download the model's folder \"tokenizer\" again.");
	}

	private static List<Path> files(final Path folder) {
		try (Stream<Path> files = Files.list(folder)) {
			return files.sorted().toList();
		}
		catch (final IOException exc) {
			throw new InvalidInputException("The folder " + folder + " cannot be read: " + IOReason.of(exc) +
				". Check its permissions.", exc);
		}
	}

	private static void checkTogether(final Path folder, final TextEncoderConfig text,
		final TransformerConfig transformer, final AutoencoderConfig vae)
	{
		if (text.width() != transformer.captionWidth()) throw new InvalidInputException("In " + folder +
			" the text encoder gives " + text.width() + " numbers a token, but the transformer takes " + transformer
				.captionWidth() + ". The parts are of different models.");
		if (vae.latentChannels() != transformer.channels()) throw new InvalidInputException("In " + folder +
			" the autoencoder has " + vae.latentChannels() + " latent channels, but the transformer " + transformer
				.channels() + ". The parts are of different models.");
	}
}
