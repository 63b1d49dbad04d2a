
package io.github.zimagefiji.model.autoencoder;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;
import io.github.zimagefiji.model.InferredConfig;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * The measures of Flux's autoencoder.
 *
 * @param imageChannels colours, in and out
 * @param latentChannels channels of a latent
 * @param blockChannels channels of each resolution, finest first; each but the last halves the side
 * @param layers residual blocks of each resolution of the encoder; the decoder has one more
 * @param groups groups of the group norms
 * @param sampleSize side in pixels that the model was made for; larger images may be tiled
 * @param scalingFactor by which latents are multiplied after the shift
 * @param shiftFactor subtracted from latents before the scaling
 */
public record AutoencoderConfig(int imageChannels, int latentChannels, List<Integer> blockChannels,
		int layers, int groups, int sampleSize, double scalingFactor, double shiftFactor)
{

	private static final int GROUPS = 32;

	/**
	 * Reads {@code vae/config.json}.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not an autoencoder that this
	 *           program can run
	 */
	public static AutoencoderConfig read(final Path file) {
		final Fields config = ConfigFile.read(file);
		ConfigFile.only(config, "_class_name", "\"AutoencoderKL\"");
		ConfigFile.only(config, "act_fn", "\"silu\"");
		ConfigFile.only(config, "in_channels", "3");
		ConfigFile.only(config, "out_channels", "3");
		ConfigFile.only(config, "use_quant_conv", "false");
		ConfigFile.only(config, "use_post_quant_conv", "false");
		ConfigFile.only(config, "mid_block_add_attention", "true");
		ConfigFile.only(config, "latents_mean", "null");
		ConfigFile.only(config, "latents_std", "null");
		// The pipelines ignore force_upcast; the block types follow from the class.
		config.ignore("force_upcast", "down_block_types", "up_block_types", "_name_or_path");
		final List<Integer> channels =
			Arrays.stream(config.integers("block_out_channels", 1)).boxed().toList();
		final AutoencoderConfig result =
			new AutoencoderConfig(3, config.integer("latent_channels", 1, 1024), channels,
				config.integer("layers_per_block", 1, 100), config.integer("norm_num_groups", 1, 1024),
				config.integer("sample_size", 8, 1 << 20), config.positive("scaling_factor"),
				config.number("shift_factor", 0));
		if (channels.size() != 4)
			throw config.problem("block_out_channels", "must name four resolutions");
		if (channels.stream().anyMatch(c -> c % result.groups != 0))
			throw config.problem("norm_num_groups", "must divide each of block_out_channels");
		ConfigFile.refuseUnknown(config);
		return result;
	}

	/**
	 * The measures of an autoencoder that came without a config: what its tensors tell, and for the
	 * rest those of Flux's.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if its tensors are not those of such
	 *           an autoencoder, or if it has another number of groups
	 */
	public static AutoencoderConfig infer(final Checkpoint weights) {
		final InferredConfig tensors = new InferredConfig(weights, "Flux autoencoder");
		final List<Integer> channels = IntStream.range(0, 4)
			.mapToObj(i -> tensors.extent("encoder.down_blocks." + i + ".resnets.0.conv1.weight", 4, 0))
			.toList();
		channels.forEach(c -> tensors.quotient(c, GROUPS, "groups of its norms"));
		return new AutoencoderConfig(3, tensors.extent("decoder.conv_in.weight", 4, 1), channels,
			tensors.count("encoder.down_blocks.0.resnets."), GROUPS, 1024, 0.3611, 0.1159);
	}

	/** Pixels of an image's side for each latent pixel. */
	public int downscale() {
		return 1 << blockChannels.size() - 1;
	}
}
