package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.model.AutoencoderConfig;
import io.github.zimagefiji.model.TextEncoderConfig;
import io.github.zimagefiji.model.TransformerConfig;

/** Rough numbers of multiplications, so that a progress bar moves evenly through stages of very different cost. */
record WorkEstimate(double textBlock, double imageBlock, double decoderBlock) {

	/**
	 * @param patches of one image
	 * @param tokens of the longest prompt
	 * @param decoderBlocks blocks that decoding one image takes
	 */
	static WorkEstimate of(final ModelFolder model, final int patches, final int tokens, final int decoderBlocks) {
		final TextEncoderConfig text = model.textEncoder();
		final TransformerConfig image = model.transformer();
		final AutoencoderConfig vae = model.autoencoder();
		final double textWeights = text.width() * (2.0 * text.heads() * text.headWidth() + 2.0 * text.keyValueHeads() * text
			.headWidth() + 3.0 * text.feedForwardWidth());
		final double sequence = patches + tokens;
		final double blockWeights = image.width() * (4.0 * image.width() + 3.0 * image.feedForwardWidth());
		final double attention = 2 * sequence * sequence * image.width();
		final double finest = vae.blockChannels().get(0);
		// At each resolution four times the pixels meet about a quarter of the weights.
		final double decoding = 256.0 * patches * 9 * finest * finest * 4 * (vae.layers() + 1) * vae.blockChannels().size();
		return new WorkEstimate(tokens * textWeights, sequence * blockWeights + attention, decoding / decoderBlocks);
	}
}
