
package io.github.zimagefiji.model.autoencoder;

import java.util.List;

import io.github.zimagefiji.model.ExpectedShapes;

/** The tensors of Flux's autoencoder, from its config. */
final class AutoencoderShapes {

	private AutoencoderShapes() {}

	static ExpectedShapes of(final AutoencoderConfig config) {
		final ExpectedShapes shapes = new ExpectedShapes();
		final List<Integer> channels = config.blockChannels();
		final int last = channels.get(channels.size() - 1);
		shapes.conv("encoder.conv_in", channels.get(0), config.imageChannels(), 3);
		shapes.conv("decoder.conv_in", last, config.latentChannels(), 3);
		for (final String side : new String[] { "encoder", "decoder" }) {
			resnet(shapes, side + ".mid_block.resnets.0", last, last);
			attention(shapes, side + ".mid_block.attentions.0", last);
			resnet(shapes, side + ".mid_block.resnets.1", last, last);
		}
		down(shapes, config);
		up(shapes, config);
		shapes.affine("encoder.conv_norm_out", last).conv("encoder.conv_out",
			2L * config.latentChannels(), last, 3);
		shapes.affine("decoder.conv_norm_out", channels.get(0)).conv("decoder.conv_out",
			config.imageChannels(), channels.get(0), 3);
		return shapes;
	}

	private static void down(final ExpectedShapes shapes, final AutoencoderConfig config) {
		int in = config.blockChannels().get(0);
		for (int block = 0; block < config.blockChannels().size(); block++) {
			final int out = config.blockChannels().get(block);
			for (int i = 0; i < config.layers(); i++) {
				resnet(shapes, "encoder.down_blocks." + block + ".resnets." + i, i == 0 ? in : out, out);
			}
			if (block < config.blockChannels().size() - 1)
				shapes.conv("encoder.down_blocks." + block + ".downsamplers.0.conv", out, out, 3);
			in = out;
		}
	}

	private static void up(final ExpectedShapes shapes, final AutoencoderConfig config) {
		final int count = config.blockChannels().size();
		int in = config.blockChannels().get(count - 1);
		for (int block = 0; block < count; block++) {
			final int out = config.blockChannels().get(count - 1 - block);
			for (int i = 0; i <= config.layers(); i++) {
				resnet(shapes, "decoder.up_blocks." + block + ".resnets." + i, i == 0 ? in : out, out);
			}
			if (block < count - 1)
				shapes.conv("decoder.up_blocks." + block + ".upsamplers.0.conv", out, out, 3);
			in = out;
		}
	}

	private static void resnet(final ExpectedShapes shapes, final String name, final int in,
		final int out)
	{
		shapes.affine(name + ".norm1", in).conv(name + ".conv1", out, in, 3)
			.affine(name + ".norm2", out).conv(name + ".conv2", out, out, 3);
		if (in != out) shapes.conv(name + ".conv_shortcut", out, in, 1);
	}

	private static void attention(final ExpectedShapes shapes, final String name,
		final int channels)
	{
		shapes.affine(name + ".group_norm", channels);
		for (final String layer : new String[] { "to_q", "to_k", "to_v", "to_out.0" }) {
			shapes.linear(name + "." + layer, channels, channels, true);
		}
	}
}
