
package io.github.zimagefiji.model.transformer;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;
import io.github.zimagefiji.weights.lora.Adapter;

/**
 * The scalable single-stream diffusion transformer (S3-DiT) of Z-Image: noisy latents, a time and a
 * caption to the predicted velocity.
 * <p>
 * Samples of one call may differ in image size and caption length. They pass each block in turn, so
 * that a block's weights are read once; none is padded to another's length, so no attention mask is
 * needed.
 * </p>
 */
public final class Transformer implements AutoCloseable {

	static final String PATCH = "2-1";

	private final TransformerConfig config;
	private final Program program;
	private final LoadedWeights weights;
	private final RotaryTable rotary;
	private final TensorMap embedders;
	private final List<TensorMap> noiseRefiner;
	private final List<TensorMap> contextRefiner;
	private final List<TensorMap> featureRefiner;
	private final List<TensorMap> layers;

	private Transformer(final TransformerConfig config, final TorchEngine engine,
		final LoadedWeights weights)
	{
		this.config = config;
		this.weights = weights;
		program = engine.program("transformer");
		rotary = new RotaryTable(config.ropeTheta(), config.axesWidths());
		embedders = weights.map(TransformerShapes.ofEmbedders(config, PATCH).names());
		noiseRefiner = weights.blocks("noise_refiner.", config.refinerLayers());
		contextRefiner = weights.blocks("context_refiner.", config.refinerLayers());
		featureRefiner =
			weights.blocks("siglip_refiner.", config.isOmni() ? config.refinerLayers() : 0);
		layers = weights.blocks("layers.", config.layers());
	}

	/**
	 * What samples are computed with; the Omni form uses the same weights in another order.
	 */
	record Parts(TransformerConfig config, Program program, RotaryTable rotary, TensorMap embedders,
			List<TensorMap> noiseRefiner, List<TensorMap> contextRefiner, List<TensorMap> featureRefiner,
			List<TensorMap> layers)
	{}

	Parts parts() {
		return new Parts(config, program, rotary, embedders, noiseRefiner, contextRefiner,
			featureRefiner, layers);
	}

	/**
	 * Loads the weights, and adapters beside them.
	 *
	 * @param adapters LoRAs placed in {@code checkpoint}; their changes add up; may be empty
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}
	 * @param afterTensor called after each tensor; may throw to stop, and then nothing stays loaded
	 */
	public static Transformer load(final TransformerConfig config, final Checkpoint checkpoint,
		final List<Adapter> adapters, final TorchEngine engine, final TensorType type,
		final Runnable afterTensor)
	{
		return LoadedWeights.build(checkpoint, engine, type, adapters, afterTensor,
			weights -> new Transformer(config, engine, weights));
	}

	/**
	 * Checks a checkpoint against the config.
	 *
	 * @throws InvalidInputException if they do not belong together
	 */
	public static void check(final TransformerConfig config, final Checkpoint checkpoint) {
		TransformerShapes.of(config, PATCH).check(checkpoint, "layers.", "noise_refiner.",
			"context_refiner.", "siglip_");
	}

	/**
	 * Refuses images and captions that the model has no positions for.
	 *
	 * @param rows latent height
	 * @param columns latent width
	 * @param captionTokens real tokens of the longest caption
	 */
	public static void checkSize(final TransformerConfig config, final int rows, final int columns,
		final int captionTokens)
	{
		final List<Integer> lengths = config.axesLengths();
		final long pixels = 8L * config.patch();
		if (rows / config.patch() > lengths.get(1) || columns / config.patch() > lengths.get(2))
			throw new InvalidInputException("The image of " + columns * 8 + " × " + rows * 8 +
				" pixels is too large for this model, which knows positions up to " +
				lengths.get(2) * pixels + " × " + lengths.get(1) * pixels + " pixels.");
		if (TokenGeometry.padded(captionTokens) + 2 > lengths.get(0))
			throw new InvalidInputException("The prompt of " + captionTokens +
				" tokens is too long for this model, which knows positions up to " + lengths.get(0) +
				". Lower the token limit.");
	}

	/** Blocks that one sample runs through in {@link #predict}, for progress. */
	public static int blocks(final TransformerConfig config) {
		return config.refinerLayers() + config.layers();
	}

	/**
	 * Embeds and refines a caption, once for all steps.
	 *
	 * @param features (tokens, caption width) from the {@link TextEncoder}
	 * @param afterBlock called after each block; may throw to stop
	 * @return (1, tokens padded to a multiple of 32, width)
	 */
	public Tensor refineCaption(final TensorScope scope, final Tensor features,
		final Runnable afterBlock)
	{
		try (TensorScope inner = scope.inner()) {
			Tensor x = program.run(inner, "embed_caption", features, embedders, config.normEps());
			final int tokens = (int) x.size(1);
			final Tensor angles = inner.floats(TokenGeometry.captionAngles(rotary, tokens), tokens,
				config.headWidth() / 2, 2);
			for (final TensorMap block : contextRefiner) {
				final Tensor next = program.run(inner, "plain_block", x, angles, block,
					(long) config.heads(), config.normEps());
				x.close();
				x = next;
				afterBlock.run();
			}
			return scope.moveHere(x);
		}
	}

	/**
	 * What is to be predicted.
	 *
	 * @param latents (batch, channels, height, width), float32
	 * @param caption from {@link Transformer#refineCaption}, shared by the batch
	 * @param time 0 (noise) to 1 (image), the reference's {@code (1000 - timestep) / 1000}
	 * @param control what a ControlNet adds; null for nothing
	 */
	public record Sample(Tensor latents, Tensor caption, float time, ControlNet.Condition control) {

		/**
		 * @throws InvalidInputException if the ControlNet's picture is of another size
		 */
		public Sample {
			if (control != null && (control.picture().size(2) != latents.size(2) ||
				control.picture().size(3) != latents.size(3)))
				throw new InvalidInputException("The ControlNet's picture has " +
					control.picture().size(3) + " × " + control.picture().size(2) +
					" latent pixels, but the image has " + latents.size(3) + " × " + latents.size(2) + ".");
		}

		/** A sample without a ControlNet. */
		public Sample(final Tensor latents, final Tensor caption, final float time) {
			this(latents, caption, time, null);
		}
	}

	/**
	 * Predicts the velocity of each sample.
	 *
	 * @param scope owns the results
	 * @param afterBlock called after each block of each sample; may throw to stop
	 * @return for each sample (batch, channels, height, width), float32, as the network gives it: the
	 *         pipeline negates it
	 */
	public List<Tensor> predict(final TensorScope scope, final List<Sample> samples,
		final Runnable afterBlock)
	{
		try (TensorScope inner = scope.inner()) {
			final List<SampleStream> streams = new ArrayList<>();
			for (final Sample sample : samples) {
				streams.add(new SampleStream(parts(), inner, sample, afterBlock));
			}
			for (final TensorMap block : noiseRefiner) {
				streams.forEach(stream -> stream.refine(block));
			}
			streams.forEach(SampleStream::joinCaption);
			for (int i = 0; i < layers.size(); i++) {
				final int layer = i;
				streams.forEach(stream -> stream.pass(layers.get(layer)));
				streams.forEach(stream -> stream.addControl(layer));
			}
			return streams.stream().map(stream -> scope.moveHere(stream.prediction())).toList();
		}
	}

	@Override
	public void close() {
		weights.close();
	}
}
