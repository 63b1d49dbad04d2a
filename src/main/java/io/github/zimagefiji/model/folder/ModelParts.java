
package io.github.zimagefiji.model.folder;

import java.nio.file.Path;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * The three networks of a text-to-image model.
 *
 * @param weights by the names of the components: {@code text_encoder}, {@code transformer},
 *          {@code vae}
 */
record ModelParts(TextEncoderConfig textEncoder, TransformerConfig transformer,
		AutoencoderConfig autoencoder, Map<String, Checkpoint> weights)
{

	/**
	 * Checks that each network's weights are those of its config, and that the networks fit each
	 * other.
	 *
	 * @param place of the model, for messages
	 * @throws InvalidInputException if one of that is not so
	 */
	void check(final Path place) {
		if (textEncoder.width() != transformer.captionWidth())
			throw new InvalidInputException("In " + place + " the text encoder gives " +
				textEncoder.width() + " numbers a token, but the transformer takes " +
				transformer.captionWidth() + ". The parts are of different models.");
		if (autoencoder.latentChannels() != transformer.channels())
			throw new InvalidInputException("In " + place + " the autoencoder has " +
				autoencoder.latentChannels() + " latent channels, but the transformer " +
				transformer.channels() + ". The parts are of different models.");
		TextEncoder.check(textEncoder, TextEncoder.names(weights.get("text_encoder")));
		Transformer.check(transformer, weights.get("transformer"));
		Autoencoder.check(autoencoder, weights.get("vae"));
	}
}
