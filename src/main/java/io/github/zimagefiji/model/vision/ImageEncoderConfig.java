
package io.github.zimagefiji.model.vision;

import java.nio.file.Path;

import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;

/**
 * The measures of a SigLIP2 image encoder.
 *
 * @param width length of a hidden state
 * @param layers number of layers
 * @param heads attention heads
 * @param feedForwardWidth width of the feed-forward layer
 * @param patch side of a patch in pixels
 * @param positionSide side of the square of position embeddings, which are interpolated to an
 *          image's patches
 * @param normEps added to the variance in layer norms
 */
public record ImageEncoderConfig(int width, int layers, int heads, int feedForwardWidth, int patch,
		int positionSide, double normEps)
{

	/**
	 * Reads {@code siglip/config.json}.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not an image encoder that
	 *           this program can run
	 */
	public static ImageEncoderConfig read(final Path file) {
		final Fields whole = ConfigFile.read(file);
		// The file of a model with a text part keeps the settings of the image part
		// in their own object.
		final Fields config = whole.has("vision_config") ? whole.section("vision_config") : whole;
		ConfigFile.only(config, "model_type", "\"siglip2_vision_model\"");
		ConfigFile.only(config, "hidden_act", "\"gelu_pytorch_tanh\"");
		ConfigFile.only(config, "num_channels", "3");
		// Written where they have their defaults: those of
		// google/siglip2-base-patch16-naflex.
		final int positions = config.integer("num_patches", 256, 1, 1 << 20);
		final ImageEncoderConfig result =
			new ImageEncoderConfig(config.integer("hidden_size", 768, 1, 65536),
				config.integer("num_hidden_layers", 12, 1, 1000),
				config.integer("num_attention_heads", 12, 1, 1024),
				config.integer("intermediate_size", 3072, 1, 1 << 20),
				config.integer("patch_size", 16, 1, 1024), (int) Math.sqrt(positions),
				config.number("layer_norm_eps", 1e-6));
		if (result.width % result.heads != 0)
			throw config.problem("num_attention_heads", "must divide hidden_size (" + result.width + ")");
		if (result.positionSide * result.positionSide != positions)
			throw config.problem("num_patches", "must be the square of a whole number");
		return result;
	}
}
