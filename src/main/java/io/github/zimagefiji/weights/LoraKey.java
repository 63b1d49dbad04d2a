
package io.github.zimagefiji.weights;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tensor's name in a LoRA file says. Names in the wild begin with the
 * trainer's word for the transformer, or with none, and end with its words for
 * the two factors:
 *
 * <pre>
 * transformer.layers.0.attention.to_q.lora_A.weight            PEFT, diffusers
 * diffusion_model.layers.0.attention.qkv.lora_down.weight      ComfyUI
 * lora_unet_layers_0_attention_to_q.lora_up.weight             kohya
 * lora_unet_layers_0_attention_to_q.alpha
 * </pre>
 *
 * @param module the layer without the word for the transformer, each dot an
 *          underscore
 * @param part what of it the tensor is
 */
record LoraKey(String module, Part part) {

	/** The tensors of one layer. */
	enum Part {
			/** The factor that makes few numbers of many: (rank, in). */
			DOWN,
			/** The factor that makes many numbers of few: (out, rank). */
			UP,
			/** One number, by which both are multiplied, over the rank. */
			ALPHA
	}

	private static final List<String> PREFIXES = List.of("base_model.model.",
		"model.diffusion_model.", "diffusion_model.", "transformer.", "lora_unet_",
		"lora_transformer_");

	/**
	 * PEFT puts an adapter's name before the last word, "default" if nobody chose
	 * another.
	 */
	private static final Pattern FACTOR = Pattern.compile(
		"(.+)\\.lora[_.](A|B|down|up)(\\.[^.]+)?\\.weight");

	private static final Pattern ALPHA = Pattern.compile("(.+)\\.alpha");

	/**
	 * Understands a name; empty if it is not one of a LoRA's transformer layer.
	 */
	static Optional<LoraKey> parse(final String name) {
		final Matcher factor = FACTOR.matcher(name);
		if (factor.matches()) return Optional.of(new LoraKey(module(factor.group(
			1)), "A".equals(factor.group(2)) || "down".equals(factor.group(2))
				? Part.DOWN : Part.UP));
		final Matcher alpha = ALPHA.matcher(name);
		return alpha.matches() ? Optional.of(new LoraKey(module(alpha.group(1)),
			Part.ALPHA)) : Optional.empty();
	}

	/** Dots and underscores are one, since kohya's names have only the latter. */
	static String module(final String path) {
		String rest = path;
		for (final String prefix : PREFIXES) {
			if (rest.startsWith(prefix)) rest = rest.substring(prefix.length());
		}
		return rest.replace('.', '_');
	}
}
