
package io.github.zimagefiji.model.transformer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

/**
 * A ControlNet for Z-Image, versions 1.0, 2.0 and 2.1 (controlnet_z_image.py): a chain of blocks
 * that carries a picture beside the transformer and adds to the tokens after some of its main
 * layers. Embedders, refiners and captions are the transformer's own; {@link Transformer#predict}
 * runs both together.
 */
public final class ControlNet implements AutoCloseable {

	private static final String PATCH = "2-1";

	private final ControlNetConfig config;
	private final LoadedWeights weights;
	private final Program program;
	private final TensorMap embedder;
	private final List<TensorMap> refiner;
	private final List<TensorMap> layers;

	private ControlNet(final ControlNetConfig config, final TorchEngine engine,
		final LoadedWeights weights)
	{
		this.config = config;
		this.weights = weights;
		program = engine.program("transformer", "controlnet");
		embedder = weights.map(ControlNetShapes.ofEmbedder(config, PATCH).names());
		layers = weights.blocks(ControlNetShapes.LAYERS, config.places().size());
		refiner = config.refinement() == ControlNetConfig.Refinement.SHARED ? layers
			: weights.blocks(ControlNetShapes.REFINER, config.refinerLayers());
	}

	/**
	 * Loads the weights.
	 *
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}, as the transformer
	 * @param afterTensor called after each tensor; may throw to stop, and then nothing stays loaded
	 */
	public static ControlNet load(final ControlNetConfig config, final Checkpoint checkpoint,
		final TorchEngine engine, final TensorType type, final Runnable afterTensor)
	{
		return LoadedWeights.build(checkpoint, engine, type, afterTensor,
			weights -> new ControlNet(config, engine, weights));
	}

	/**
	 * Checks a ControlNet against its config and against the transformer that it is to control.
	 *
	 * @throws InvalidInputException if they do not belong together, naming what each has
	 */
	public static void check(final ControlNetConfig config, final Checkpoint checkpoint,
		final TransformerConfig transformer)
	{
		final Path place = checkpoint.place();
		if (config.width() != transformer.width() || config.heads() != transformer.heads())
			throw mismatch(place,
				"its blocks have " + config.heads() + " heads and weights of " + shape(config.width()) +
					", the model's have " + transformer.heads() + " heads and " + shape(transformer.width()));
		if (config.channels() < transformer.channels()) throw mismatch(place, "it takes " +
			config.channels() + " channels, but the model's pictures have " + transformer.channels());
		if (Collections.max(config.places()) >= transformer.layers())
			throw mismatch(place, "it adds after the layers " + config.places() +
				", counted from 0, but the model has " + transformer.layers());
		if (config.refinerPlaces().stream().anyMatch(i -> i >= transformer.refinerLayers()))
			throw mismatch(place, "it adds after the noise refiner's blocks " + config.refinerPlaces() +
				", counted from 0, but the model has " + transformer.refinerLayers());
		ControlNetShapes.of(config, transformer, PATCH).check(checkpoint, ControlNetShapes.LAYERS,
			config.refinement() == ControlNetConfig.Refinement.SHARED ? ControlNetShapes.LAYERS
				: ControlNetShapes.REFINER);
	}

	private static String shape(final int width) {
		return Arrays.toString(new int[] { width, width });
	}

	private static InvalidInputException mismatch(final Path place, final String what) {
		return new InvalidInputException("The ControlNet " + place + " does not fit this model: " +
			what + ". Choose a ControlNet made for this model.");
	}

	/**
	 * Blocks that one sample runs through beside the transformer's own, for progress.
	 */
	public static int blocks(final ControlNetConfig config, final TransformerConfig transformer) {
		final int copied = config.refinerPlaces().isEmpty() ? 0
			: transformer.refinerLayers() - 1 - config.refinerPlaces().get(0);
		return config.refinements() + config.places().size() + copied;
	}

	/** Its measures. */
	public ControlNetConfig config() {
		return config;
	}

	/**
	 * What a ControlNet is to add to a sample.
	 *
	 * @param network of the same engine and type as the transformer
	 * @param picture (1 or batch, channels of the ControlNet, height, width), float32, of the size of
	 *          the sample's latents
	 * @param scale by which what it adds is multiplied; 0 is as if there were none
	 */
	public record Condition(ControlNet network, Tensor picture, double scale) {

		/**
		 * @throws InvalidInputException if the picture has not the network's channels, or the scale is
		 *           no number
		 */
		public Condition {
			if (picture.shape().length != 4 || picture.size(1) != network.config.channels())
				throw new InvalidInputException(
					"The ControlNet takes pictures of " + network.config.channels() +
						" channels, not of the shape " + Arrays.toString(picture.shape()) + ".");
			if (!Double.isFinite(scale)) throw new InvalidInputException(
				"The control scale is " + scale + "; it must be a number, such as 0.75.");
		}
	}

	/** The transformer's functions and the ControlNet's. */
	Program program() {
		return program;
	}

	/**
	 * A picture's tokens: (1 or batch, patches padded to a multiple of 32, width).
	 */
	Tensor embed(final TensorScope scope, final Tensor picture, final Tensor padToken) {
		return program.run(scope, "embed_control", picture, embedder, ControlNetShapes.embedder(PATCH),
			2L, padToken);
	}

	/** Blocks of the refinement. */
	List<TensorMap> refiner() {
		return refiner;
	}

	/** Blocks beside the transformer's main layers, one for each place. */
	List<TensorMap> layers() {
		return layers;
	}

	@Override
	public void close() {
		weights.close();
	}
}
