
package io.github.zimagefiji.model.vision;

import java.util.List;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.ExpectedShapes;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

/**
 * SigLIP2's image encoder (arXiv 2502.14786): patches of a picture to features of what is in them,
 * by which the Omni form of the {@link Transformer} knows a reference image. Each image is encoded
 * by itself, so no patch is padding and no mask is needed.
 */
public final class ImageEncoder implements AutoCloseable {

	private final ImageEncoderConfig config;
	private final Program program;
	private final LoadedWeights weights;
	private final TensorMap embeddings;
	private final List<TensorMap> layers;
	private final TensorMap norm;

	private ImageEncoder(final ImageEncoderConfig config, final TorchEngine engine,
		final LoadedWeights weights)
	{
		this.config = config;
		this.weights = weights;
		program = engine.program("image_encoder");
		embeddings = weights.map("embeddings.");
		layers = weights.blocks("encoder.layers.", config.layers());
		norm = weights.map("post_layernorm.");
	}

	/**
	 * Loads the weights; those of the pooling head, which nobody looks at, stay where they are.
	 *
	 * @param checkpoint see {@link #names}
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}
	 * @param afterTensor called after each tensor; may throw to stop, and then nothing stays loaded
	 */
	public static ImageEncoder load(final ImageEncoderConfig config, final Checkpoint checkpoint,
		final TorchEngine engine, final TensorType type, final Runnable afterTensor)
	{
		return LoadedWeights.build(checkpoint, engine, type, afterTensor,
			weights -> new ImageEncoder(config, engine, weights));
	}

	/**
	 * A checkpoint's tensors by the names used here: without the leading {@code vision_model.} that
	 * some files have.
	 */
	public static Checkpoint names(final Checkpoint checkpoint) {
		return checkpoint.withoutPrefix("vision_model.");
	}

	/**
	 * Checks a checkpoint against the config.
	 *
	 * @throws InvalidInputException if they do not belong together
	 */
	public static void check(final ImageEncoderConfig config, final Checkpoint checkpoint) {
		final ExpectedShapes shapes = new ExpectedShapes();
		final long width = config.width();
		shapes.linear("embeddings.patch_embedding", width, 3L * config.patch() * config.patch(), true)
			.add("embeddings.position_embedding.weight",
				(long) config.positionSide() * config.positionSide(), width);
		for (int i = 0; i < config.layers(); i++) {
			final String layer = "encoder.layers." + i + ".";
			shapes.affine(layer + "layer_norm1", width).affine(layer + "layer_norm2", width);
			for (final String part : new String[] { "q_proj", "k_proj", "v_proj", "out_proj" }) {
				shapes.linear(layer + "self_attn." + part, width, width, true);
			}
			shapes.linear(layer + "mlp.fc1", config.feedForwardWidth(), width, true)
				.linear(layer + "mlp.fc2", width, config.feedForwardWidth(), true);
		}
		shapes.affine("post_layernorm", width).check(checkpoint, "embeddings.", "encoder.",
			"post_layernorm.");
	}

	/** Layers that one encoding runs, for progress. */
	public static int blocks(final ImageEncoderConfig config) {
		return config.layers();
	}

	/**
	 * Encodes one image.
	 *
	 * @param scope owns the result
	 * @param patches from {@link PatchProcessor#cut}
	 * @param afterBlock called after each layer; may throw to stop
	 * @return (rows, columns, width), float32
	 */
	public Tensor encode(final TensorScope scope, final PatchProcessor.Patches patches,
		final Runnable afterBlock)
	{
		final long rows = patches.rows();
		final long columns = patches.columns();
		try (TensorScope inner = scope.inner()) {
			final Tensor pixels =
				inner.floats(patches.values(), rows * columns, 3L * config.patch() * config.patch());
			Tensor x = program.run(inner, "embed", pixels, embeddings, (long) config.positionSide(), rows,
				columns);
			for (final TensorMap layer : layers) {
				final Tensor next =
					program.run(inner, "layer", x, layer, (long) config.heads(), config.normEps());
				x.close();
				x = next;
				afterBlock.run();
			}
			return scope.moveHere(program.run(inner, "finish", x, norm, config.normEps(), rows, columns));
		}
	}

	@Override
	public void close() {
		weights.close();
	}
}
