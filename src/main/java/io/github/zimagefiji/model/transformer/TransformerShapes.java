
package io.github.zimagefiji.model.transformer;

import io.github.zimagefiji.model.ExpectedShapes;

/** The tensors of an S3-DiT, from its config. */
final class TransformerShapes {

	private TransformerShapes() {}

	static ExpectedShapes of(final TransformerConfig config, final String patch) {
		final ExpectedShapes shapes = ofEmbedders(config, patch);
		for (int i = 0; i < config.refinerLayers(); i++) {
			block(shapes, config, "noise_refiner." + i + ".", true);
			block(shapes, config, "context_refiner." + i + ".", false);
			if (config.isOmni()) block(shapes, config, "siglip_refiner." + i + ".", false);
		}
		for (int i = 0; i < config.layers(); i++) {
			block(shapes, config, "layers." + i + ".", true);
		}
		return shapes;
	}

	/** Everything outside the blocks. */
	static ExpectedShapes ofEmbedders(final TransformerConfig config, final String patch) {
		final long width = config.width();
		final long conditioning = config.conditioningWidth();
		final long patchLength = (long) config.patch() * config.patch() * config.channels();
		final String last = "all_final_layer." + patch;
		final ExpectedShapes shapes =
			new ExpectedShapes().linear("all_x_embedder." + patch, width, patchLength, true)
				.linear(last + ".adaLN_modulation.1", width, conditioning, true)
				.linear(last + ".linear", patchLength, width, true)
				.add("cap_embedder.0.weight", config.captionWidth())
				.linear("cap_embedder.1", width, config.captionWidth(), true)
				.linear("t_embedder.mlp.0", 1024, 256, true)
				.linear("t_embedder.mlp.2", conditioning, 1024, true).add("x_pad_token", 1, width)
				.add("cap_pad_token", 1, width);
		if (config.isOmni()) shapes.add("siglip_embedder.0.weight", config.featureWidth())
			.linear("siglip_embedder.1", width, config.featureWidth(), true)
			.add("siglip_pad_token", 1, width);
		return shapes;
	}

	/** One block; {@code modulated} by the time or not. */
	static void block(final ExpectedShapes shapes, final TransformerConfig config, final String name,
		final boolean modulated)
	{
		final long width = config.width();
		final long inner = config.feedForwardWidth();
		for (final String norm : new String[] { "attention_norm1", "attention_norm2", "ffn_norm1",
			"ffn_norm2" })
		{
			shapes.add(name + norm + ".weight", width);
		}
		for (final String layer : new String[] { "to_q", "to_k", "to_v", "to_out.0" }) {
			shapes.linear(name + "attention." + layer, width, width, false);
		}
		shapes.add(name + "attention.norm_q.weight", config.headWidth())
			.add(name + "attention.norm_k.weight", config.headWidth());
		shapes.linear(name + "feed_forward.w1", inner, width, false)
			.linear(name + "feed_forward.w2", width, inner, false)
			.linear(name + "feed_forward.w3", inner, width, false);
		if (modulated)
			shapes.linear(name + "adaLN_modulation.0", 4 * width, config.conditioningWidth(), true);
	}
}
