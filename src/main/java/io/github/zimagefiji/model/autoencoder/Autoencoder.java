
package io.github.zimagefiji.model.autoencoder;

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
 * Flux's autoencoder: images (batch, 3, height, width) in [-1, 1] to latents (batch, 16, height /
 * 8, width / 8) and back. Latents here are as the autoencoder knows them; {@link #toAutoencoder}
 * and {@link #fromAutoencoder} convert to and from the transformer's.
 */
public final class Autoencoder implements AutoCloseable {

	private final AutoencoderConfig config;
	private final Program program;
	private final LoadedWeights weights;
	private final TensorMap tensors;

	private Autoencoder(final AutoencoderConfig config, final TorchEngine engine,
		final LoadedWeights weights)
	{
		this.config = config;
		this.weights = weights;
		program = engine.program("autoencoder");
		tensors = weights.map(AutoencoderShapes.of(config).names());
	}

	/**
	 * Loads the weights.
	 *
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}
	 * @param afterTensor called after each tensor; may throw to stop, and then nothing stays loaded
	 */
	public static Autoencoder load(final AutoencoderConfig config, final Checkpoint checkpoint,
		final TorchEngine engine, final TensorType type, final Runnable afterTensor)
	{
		return LoadedWeights.build(checkpoint, engine, type, afterTensor,
			weights -> new Autoencoder(config, engine, weights));
	}

	/**
	 * Checks a checkpoint against the config.
	 *
	 * @throws InvalidInputException if they do not belong together
	 */
	public static void check(final AutoencoderConfig config, final Checkpoint checkpoint) {
		AutoencoderShapes.of(config).check(checkpoint, "encoder.", "decoder.", "quant_conv.",
			"post_quant_conv.");
	}

	/** The transformer's latents as the decoder wants them. */
	public float[] toAutoencoder(final float[] latents) {
		final float[] result = new float[latents.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = latents[i] / (float) config.scalingFactor() + (float) config.shiftFactor();
		}
		return result;
	}

	/** The encoder's latents as the transformer wants them. */
	public float[] fromAutoencoder(final float[] latents) {
		final float[] result = new float[latents.length];
		for (int i = 0; i < result.length; i++) {
			result[i] = (latents[i] - (float) config.shiftFactor()) * (float) config.scalingFactor();
		}
		return result;
	}

	/** Network blocks of one {@link #decode}, for progress. */
	public static int decoderBlocks(final AutoencoderConfig config) {
		final int count = config.blockChannels().size();
		return 3 + count * (config.layers() + 1) + count - 1;
	}

	/** Network blocks of one {@link #encode}, for progress. */
	public static int encoderBlocks(final AutoencoderConfig config) {
		final int count = config.blockChannels().size();
		return 3 + count * config.layers() + count - 1;
	}

	/**
	 * Decodes latents in one piece.
	 *
	 * @param latents (batch, latent channels, height, width)
	 * @param afterBlock called after each block; may throw to stop
	 * @return (batch, 3, 8 height, 8 width), nominally in [-1, 1]
	 */
	public Tensor decode(final TensorScope scope, final Tensor latents, final Runnable afterBlock) {
		try (TensorScope inner = scope.inner()) {
			final Chain chain =
				new Chain(inner, program.run(inner, "conv_in", latents, tensors, "decoder"), afterBlock);
			chain.middle("decoder");
			for (int block = 0; block < config.blockChannels().size(); block++) {
				final String name = "decoder.up_blocks." + block;
				for (int i = 0; i <= config.layers(); i++) {
					chain.resnet(name + ".resnets." + i);
				}
				if (block < config.blockChannels().size() - 1)
					chain.pass("upsample", name + ".upsamplers.0");
			}
			return scope.moveHere(
				program.run(inner, "conv_out", chain.x, tensors, "decoder", (long) config.groups()));
		}
	}

	/**
	 * The posterior of an image.
	 *
	 * @param mean (batch, latent channels, height / 8, width / 8)
	 * @param logVariance the same shape, within [-30, 20]
	 */
	public record Posterior(Tensor mean, Tensor logVariance) {}

	/**
	 * Encodes an image in one piece.
	 *
	 * @param image (batch, 3, height, width) in [-1, 1]; sides are multiples of 8
	 * @param afterBlock called after each block; may throw to stop
	 */
	public Posterior encode(final TensorScope scope, final Tensor image, final Runnable afterBlock) {
		try (TensorScope inner = scope.inner()) {
			final Tensor moments = encodeMoments(inner, image, afterBlock);
			final List<Tensor> parts = program.runTuple(inner, "moments", moments);
			return new Posterior(scope.moveHere(parts.get(0)), scope.moveHere(parts.get(1)));
		}
	}

	private Tensor encodeMoments(final TensorScope scope, final Tensor image,
		final Runnable afterBlock)
	{
		final Chain chain =
			new Chain(scope, program.run(scope, "conv_in", image, tensors, "encoder"), afterBlock);
		for (int block = 0; block < config.blockChannels().size(); block++) {
			final String name = "encoder.down_blocks." + block;
			for (int i = 0; i < config.layers(); i++) {
				chain.resnet(name + ".resnets." + i);
			}
			if (block < config.blockChannels().size() - 1)
				chain.pass("downsample", name + ".downsamplers.0");
		}
		chain.middle("encoder");
		return program.run(scope, "conv_out", chain.x, tensors, "encoder", (long) config.groups());
	}

	/**
	 * Decodes latents in overlapping tiles that are cross-faded, as the reference's
	 * {@code tiled_decode} does. The result differs from {@link #decode}: each tile sees only itself.
	 *
	 * @param tile side of a tile in latent pixels
	 * @param overlap part of a tile that overlaps the next one; the reference has 0.25
	 */
	public Tensor decodeTiled(final TensorScope scope, final Tensor latents, final int tile,
		final double overlap, final Runnable afterBlock)
	{
		final int scale = config.downscale();
		final TileGrid grid = new TileGrid(program, tile, (int) (tile * (1 - overlap)),
			(int) (tile * scale * overlap), tile * scale - (int) (tile * scale * overlap));
		return grid.run(scope, latents, (inner, piece) -> decode(inner, piece, afterBlock));
	}

	/**
	 * Encodes an image in overlapping tiles; see {@link #decodeTiled}. {@code tile} is in pixels.
	 */
	public Posterior encodeTiled(final TensorScope scope, final Tensor image, final int tile,
		final double overlap, final Runnable afterBlock)
	{
		final int latentTile = tile / config.downscale();
		final TileGrid grid = new TileGrid(program, tile, (int) (tile * (1 - overlap)),
			(int) (latentTile * overlap), latentTile - (int) (latentTile * overlap));
		try (TensorScope inner = scope.inner()) {
			final Tensor moments = grid.run(inner, image, (own, piece) -> {
				try (TensorScope each = own.inner()) {
					return own.moveHere(encodeMoments(each, piece, afterBlock));
				}
			});
			final List<Tensor> parts = program.runTuple(inner, "moments", moments);
			return new Posterior(scope.moveHere(parts.get(0)), scope.moveHere(parts.get(1)));
		}
	}

	/** An image on its way through the blocks; each result replaces its input. */
	private final class Chain {

		private final TensorScope scope;
		private final Runnable afterBlock;
		private Tensor x;

		Chain(final TensorScope scope, final Tensor x, final Runnable afterBlock) {
			this.scope = scope;
			this.x = x;
			this.afterBlock = afterBlock;
		}

		void resnet(final String name) {
			replace(program.run(scope, "resnet", x, tensors, name, (long) config.groups()));
		}

		void pass(final String method, final String name) {
			replace(program.run(scope, method, x, tensors, name));
		}

		void middle(final String side) {
			resnet(side + ".mid_block.resnets.0");
			replace(program.run(scope, "attention", x, tensors, side + ".mid_block.attentions.0",
				(long) config.groups()));
			resnet(side + ".mid_block.resnets.1");
		}

		private void replace(final Tensor next) {
			x.close();
			x = next;
			afterBlock.run();
		}
	}

	@Override
	public void close() {
		weights.close();
	}
}
