
package io.github.zimagefiji.model.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.model.vision.ImageEncoderConfig;
import io.github.zimagefiji.model.vision.PatchProcessor;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * What a model folder has beyond a text-to-image model if it can edit: the part that looks at
 * reference images.
 *
 * @param encoder config of the image encoder
 * @param processor how images are cut for it
 * @param weights of the image encoder, by the names used here
 */
public record EditPart(ImageEncoderConfig encoder, PatchProcessor processor, Checkpoint weights) {

	/** The component's name in the folder and among fingerprints. */
	static final String COMPONENT = "siglip";

	/**
	 * Opens a folder's part for editing.
	 *
	 * @return nothing if the folder cannot edit: if it has no image encoder, or a transformer that
	 *         knows no reference images
	 * @throws InvalidInputException if it has both, but they cannot be used together
	 */
	static Optional<EditPart> open(final Path folder, final TransformerConfig transformer) {
		if (!transformer.isOmni() || !Files.isDirectory(folder.resolve(COMPONENT)))
			return Optional.empty();
		final ImageEncoderConfig config = ImageEncoderConfig.read(folder.resolve("siglip/config.json"));
		final PatchProcessor processor =
			PatchProcessor.read(folder.resolve("siglip_processor/preprocessor_config.json"));
		if (config.width() != transformer.featureWidth())
			throw new InvalidInputException("In " + folder + " the image encoder gives " +
				config.width() + " numbers a patch, but the transformer takes " +
				transformer.featureWidth() + ". The parts are of different models.");
		if (config.patch() != processor.patch())
			throw new InvalidInputException("In " + folder + " images are cut into patches of " +
				processor.patch() + " pixels, but the image encoder takes " + config.patch() +
				". The parts are of different models.");
		final Checkpoint weights = ImageEncoder.names(Checkpoint.open(folder.resolve(COMPONENT)));
		ImageEncoder.check(config, weights);
		return Optional.of(new EditPart(config, processor, weights));
	}
}
