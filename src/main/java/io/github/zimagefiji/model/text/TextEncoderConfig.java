
package io.github.zimagefiji.model.text;

import java.nio.file.Path;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;
import io.github.zimagefiji.model.InferredConfig;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * The measures of a Qwen3 text encoder.
 *
 * @param width length of a hidden state
 * @param layers number of layers; all but the last are used
 * @param heads query heads
 * @param keyValueHeads key and value heads, each shared by {@code heads / keyValueHeads} query
 *          heads
 * @param headWidth length of one head
 * @param feedForwardWidth width of the gated feed-forward layer
 * @param vocabulary number of token embeddings
 * @param normEps added to the mean square in RMS norms
 * @param ropeTheta base of the rotary position frequencies
 */
public record TextEncoderConfig(int width, int layers, int heads, int keyValueHeads, int headWidth,
		int feedForwardWidth, int vocabulary, double normEps, double ropeTheta)
{

	private static final int WIDTH_OF_4B = 2560;
	private static final int LAYERS_OF_4B = 36;

	/**
	 * Reads {@code text_encoder/config.json}.
	 *
	 * @throws InvalidInputException if it is not a Qwen3 model that this program can run
	 */
	public static TextEncoderConfig read(final Path file) {
		final Fields config = ConfigFile.read(file);
		ConfigFile.only(config, "model_type", "\"qwen3\"");
		ConfigFile.only(config, "hidden_act", "\"silu\"");
		ConfigFile.only(config, "attention_bias", "false");
		ConfigFile.only(config, "use_sliding_window", "false");
		// transformers 5 moved the rotary settings into their own object.
		final Fields rope = config.has("rope_parameters") ? config.section("rope_parameters")
			: config.section("rope_scaling");
		ConfigFile.only(rope, "rope_type", "\"default\"");
		// Older files name it so.
		ConfigFile.only(rope, "type", "\"default\"");
		final double theta =
			config.has("rope_theta") ? config.positive("rope_theta") : rope.positive("rope_theta");
		final TextEncoderConfig result = new TextEncoderConfig(config.integer("hidden_size", 1, 65536),
			config.integer("num_hidden_layers", 2, 1000), config.integer("num_attention_heads", 1, 1024),
			config.integer("num_key_value_heads", 1, 1024), config.integer("head_dim", 2, 1024),
			config.integer("intermediate_size", 1, 1 << 20), config.integer("vocab_size", 1, 1 << 24),
			config.positive("rms_norm_eps"), theta);
		if (result.heads % result.keyValueHeads != 0) throw config.problem("num_key_value_heads",
			"must divide num_attention_heads (" + result.heads + ")");
		if (result.headWidth % 2 != 0) throw config.problem("head_dim", "must be even");
		return result;
	}

	/**
	 * The measures of a Qwen3 model that came without a config: what its tensors tell, and Qwen3's
	 * own constants.
	 *
	 * @param weights see {@link TextEncoder#names}
	 * @throws InvalidInputException if its tensors are not those of a Qwen3 model, or if layers of a
	 *           Qwen3-4B are missing
	 */
	public static TextEncoderConfig infer(final Checkpoint weights) {
		final InferredConfig tensors = new InferredConfig(weights, "Qwen3 text encoder");
		final String attention = "layers.0.self_attn.";
		final int head = tensors.extent(attention + "q_norm.weight", 1, 0);
		final int heads =
			tensors.quotient(tensors.extent(attention + "q_proj.weight", 2, 0), head, "heads");
		final int keyHeads =
			tensors.quotient(tensors.extent(attention + "k_proj.weight", 2, 0), head, "key heads");
		tensors.quotient(heads, keyHeads, "key heads");
		tensors.quotient(head, 2, "rotary positions");
		final int width = tensors.extent("embed_tokens.weight", 2, 1);
		final int layers = tensors.count("layers.");
		// What is used is the state before the last layer, so that a file without
		// it would give another state unnoticed.
		if (width == WIDTH_OF_4B && layers != LAYERS_OF_4B)
			throw new InvalidInputException(weights.place() + " has " + layers +
				" layers, but a Qwen3-4B has " + LAYERS_OF_4B + ". Choose the whole text encoder.");
		return new TextEncoderConfig(width, layers, heads, keyHeads, head,
			tensors.extent("layers.0.mlp.gate_proj.weight", 2, 0),
			tensors.extent("embed_tokens.weight", 2, 0), 1e-6, 1e6);
	}
}
