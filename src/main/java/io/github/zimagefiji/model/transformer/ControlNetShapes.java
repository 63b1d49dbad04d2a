
package io.github.zimagefiji.model.transformer;

import io.github.zimagefiji.model.ExpectedShapes;

/**
 * The tensors of a ControlNet, from its config and that of the transformer whose blocks it repeats.
 */
final class ControlNetShapes {

	/** What the blocks of the refinement are named. */
	static final String REFINER = "control_noise_refiner.";
	/** What the blocks beside the main layers are named. */
	static final String LAYERS = "control_layers.";

	private ControlNetShapes() {}

	static String embedder(final String patch) {
		return "control_all_x_embedder." + patch;
	}

	static ExpectedShapes ofEmbedder(final ControlNetConfig config, final String patch) {
		return new ExpectedShapes().linear(embedder(patch), config.width(), 4L * config.channels(),
			true);
	}

	static ExpectedShapes of(final ControlNetConfig config, final TransformerConfig transformer,
		final String patch)
	{
		final ExpectedShapes shapes = ofEmbedder(config, patch);
		for (int i = 0; i < config.places().size(); i++) {
			controlBlock(shapes, transformer, LAYERS, i);
		}
		for (int i = 0; i < config.refinerLayers(); i++) {
			switch (config.refinement()) {
				case PLAIN -> TransformerShapes.block(shapes, transformer, REFINER + i + ".", true);
				case OWN -> controlBlock(shapes, transformer, REFINER, i);
				// Files of version 2.0 may hold such blocks, untrained; they are not
				// run.
				case SHARED -> {}
			}
		}
		return shapes;
	}

	private static void controlBlock(final ExpectedShapes shapes, final TransformerConfig transformer,
		final String name, final int index)
	{
		final long width = transformer.width();
		TransformerShapes.block(shapes, transformer, name + index + ".", true);
		shapes.linear(name + index + ".after_proj", width, width, true);
		if (index == 0) shapes.linear(name + index + ".before_proj", width, width, true);
	}
}
