
package io.github.zimagefiji.model.text;

import java.util.List;

import io.github.zimagefiji.engine.Program;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.ExpectedShapes;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

/**
 * Qwen3 as a text encoder: token numbers to the hidden states before the last layer, which is what
 * Z-Image is conditioned on ({@code hidden_states[-2]} in the reference, without the final norm).
 */
public final class TextEncoder implements AutoCloseable {

	private final TextEncoderConfig config;
	private final Program program;
	private final LoadedWeights weights;
	private final TensorMap embeddings;
	private final List<TensorMap> layers;

	private TextEncoder(final TextEncoderConfig config, final TorchEngine engine,
		final LoadedWeights weights)
	{
		this.config = config;
		this.weights = weights;
		program = engine.program("text_encoder");
		embeddings = weights.map(List.of("embed_tokens.weight"));
		layers = weights.blocks("layers.", config.layers() - 1);
	}

	/**
	 * Loads the weights.
	 *
	 * @param checkpoint see {@link #names}
	 * @param type {@link TensorType#FLOAT32} or {@link TensorType#BFLOAT16}
	 * @param afterTensor called after each tensor; may throw to stop, and then nothing stays loaded
	 */
	public static TextEncoder load(final TextEncoderConfig config, final Checkpoint checkpoint,
		final TorchEngine engine, final TensorType type, final Runnable afterTensor)
	{
		return LoadedWeights.build(checkpoint, engine, type, afterTensor,
			weights -> new TextEncoder(config, engine, weights));
	}

	/**
	 * A checkpoint's tensors by the names used here: without the leading {@code model.} that some
	 * files have.
	 */
	public static Checkpoint names(final Checkpoint checkpoint) {
		return checkpoint.withoutPrefix("model.");
	}

	/**
	 * Checks a checkpoint against the config.
	 *
	 * @throws InvalidInputException if they do not belong together
	 */
	public static void check(final TextEncoderConfig config, final Checkpoint checkpoint) {
		final ExpectedShapes shapes = new ExpectedShapes();
		final long width = config.width();
		final long queries = (long) config.heads() * config.headWidth();
		final long keys = (long) config.keyValueHeads() * config.headWidth();
		shapes.add("embed_tokens.weight", config.vocabulary(), width);
		for (int i = 0; i < config.layers(); i++) {
			final String layer = "layers." + i + ".";
			shapes.add(layer + "input_layernorm.weight", width)
				.add(layer + "post_attention_layernorm.weight", width);
			shapes.linear(layer + "self_attn.q_proj", queries, width, false)
				.linear(layer + "self_attn.k_proj", keys, width, false)
				.linear(layer + "self_attn.v_proj", keys, width, false);
			shapes.linear(layer + "self_attn.o_proj", width, queries, false);
			shapes.add(layer + "self_attn.q_norm.weight", config.headWidth())
				.add(layer + "self_attn.k_norm.weight", config.headWidth());
			shapes.linear(layer + "mlp.gate_proj", config.feedForwardWidth(), width, false)
				.linear(layer + "mlp.up_proj", config.feedForwardWidth(), width, false)
				.linear(layer + "mlp.down_proj", width, config.feedForwardWidth(), false);
		}
		shapes.check(checkpoint, "layers.");
	}

	/** Layers that one encoding runs, for progress: all but the last. */
	public static int blocks(final TextEncoderConfig config) {
		return config.layers() - 1;
	}

	/**
	 * Encodes one prompt.
	 *
	 * @param scope owns the result
	 * @param ids token numbers, without padding
	 * @param afterBlock called after each layer; may throw to stop
	 * @return (tokens, width), float32
	 */
	public Tensor encode(final TensorScope scope, final long[] ids, final Runnable afterBlock) {
		for (final long id : ids) {
			if (id < 0 || id >= config.vocabulary()) throw new InvalidInputException(
				"The tokenizer gives the token " + id + ", but the text encoder has only " +
					config.vocabulary() + ". They are not of the same model.");
		}
		try (TensorScope inner = scope.inner()) {
			final float[][] angles = angles(ids.length);
			final Tensor cos = inner.floats(angles[0], ids.length, config.headWidth());
			final Tensor sin = inner.floats(angles[1], ids.length, config.headWidth());
			final Tensor numbers = inner.longs(ids);
			Tensor x = embed(inner, numbers);
			for (final TensorMap layer : layers) {
				final Tensor next = program.run(inner, "layer", x, cos, sin, layer, (long) config.heads(),
					(long) config.keyValueHeads(), config.normEps());
				x.close();
				x = next;
				afterBlock.run();
			}
			return scope.moveHere(program.run(inner, "drop_batch", x));
		}
	}

	private Tensor embed(final TensorScope scope, final Tensor ids) {
		return program.run(scope, "embed", ids, embeddings);
	}

	/**
	 * Cosines and sines, (tokens, head width) each; both halves of a head have the same angles.
	 */
	private float[][] angles(final int tokens) {
		final int width = config.headWidth();
		final float[][] result = new float[2][tokens * width];
		for (int i = 0; i < width / 2; i++) {
			final float frequency = 1f / (float) Math.pow(config.ropeTheta(), 2f * i / width);
			for (int t = 0; t < tokens; t++) {
				final float angle = t * frequency;
				result[0][t * width + i] = result[0][t * width + i + width / 2] = (float) Math.cos(angle);
				result[1][t * width + i] = result[1][t * width + i + width / 2] = (float) Math.sin(angle);
			}
		}
		return result;
	}

	@Override
	public void close() {
		weights.close();
	}
}
