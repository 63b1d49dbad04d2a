
package io.github.zimagefiji.weights.lora;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tensor's name in a LoRA file says. Names in the wild begin with the trainer's words for
 * the transformer, several of them or none, and end with its words for what the tensor is:
 *
 * <pre>
 * transformer.layers.0.attention.to_q.lora_A.weight            PEFT, diffusers
 * base_model.model.layers.0.attention.to_q.lora_A.style.v2.weight
 * diffusion_model.layers.0.attention.qkv.lora_down.weight      ComfyUI
 * lora_unet_layers_0_attention_to_q.lora_up.weight             kohya
 * lora_unet__layers_0_attention_to_q.alpha                     VideoX-Fun
 * lycoris_layers_0_attention_to_q.lokr_w1                      LyCORIS
 * diffusion_model.layers.0.attention_norm1.w_norm
 * </pre>
 *
 * @param path the layer without the words for the transformer
 * @param part what of it the tensor is
 */
record LoraKey(String path, Part part) {

	/** The tensors of one layer. */
	enum Part {

			/** LoRA: the factor that makes few numbers of many: (rank, in). */
			DOWN,
			/** LoRA: the factor that makes many numbers of few: (out, rank). */
			UP,
			/** What is added to the result of {@link #UP}: (out). */
			UP_BIAS,
			/** One number, by which a change is multiplied, over the rank. */
			ALPHA,
			/** DoRA: lengths of the changed weight's rows or columns. */
			MAGNITUDE,
			/** LoHa: (out, rank) of the first product. */
			HADA_W1_A,
			/** LoHa: (rank, in) of the first product. */
			HADA_W1_B,
			/** LoHa: (out, rank) of the second product. */
			HADA_W2_A,
			/** LoHa: (rank, in) of the second product. */
			HADA_W2_B,
			/** LoKr: the left factor of the Kronecker product. */
			LOKR_W1,
			/** LoKr: the left factor is {@code w1_a w1_b}. */
			LOKR_W1_A, LOKR_W1_B,
			/** LoKr: the right factor. */
			LOKR_W2,
			/** LoKr: the right factor is {@code w2_a w2_b}. */
			LOKR_W2_A, LOKR_W2_B,
			/** The core of a decomposed convolution, which this model has not. */
			CORE,
			/** What is added to the weight. */
			DIFF,
			/** What is added to the bias. */
			DIFF_BIAS,
			/** What takes the weight's place. */
			WHOLE,
			/** What takes the bias's place. */
			WHOLE_BIAS;

		/** Whether a file with such a tensor is no ordinary model. */
		boolean isChange() {
			return this != ALPHA && this != WHOLE && this != WHOLE_BIAS;
		}
	}

	/** No layer has a longer name; longer ones are not looked at. */
	static final int LONGEST = 500;

	/**
	 * The trainers' words for the transformer, each followed by one dot or more underscores.
	 */
	private static final Pattern PREFIX = Pattern.compile(
		"(?:base_model[._]model|diffusion_model|transformer|lora_(?:unet|transformer|prior_unet)|lycoris|unet|pipe|dit|" +
			"model|module|default|denoiser|net)[._]+");

	/** Words that wrappers of layers leave inside names. */
	private static final Pattern WRAPPER = Pattern.compile(
		"(?<=^|\\.)(?:_orig_mod|_fsdp_wrapped_module|_checkpoint_wrapped_module|processor|base_layer)\\.");

	/**
	 * PEFT puts an adapter's name before the last word, which may hold dots; {@code weight} is left
	 * out by some.
	 */
	private static final Pattern FACTOR =
		Pattern.compile("(.+?)[._]lora(?:[._]linear[._]layer)?[._](A|B|down|up|mid)(?:[._](.+))?");

	private static final Pattern ALPHA =
		Pattern.compile("(.+?)[._](?:lora[._])?(?:network_)?alpha(?:\\.[^.]+)?");

	private static final Pattern MAGNITUDE =
		Pattern.compile("(.+?)[._](?:dora_scale|lora_magnitude_vector|magnitude_vector)(?:\\..+)?");

	private static final Pattern PRODUCT = Pattern
		.compile("(.+?)[._](hada_(?:w[12]_[ab]|t[12])|lokr_(?:w[12](?:_[ab])?|t[12]))(?:\\.(.+))?");

	private static final Pattern CHANGE =
		Pattern.compile("(.+?)[._](diff_b|diff|w_norm|b_norm|set_weight)(?:\\.weight)?");

	private static final Pattern SAVED =
		Pattern.compile("(.+?)\\.modules_to_save\\.(?:.+\\.)?(weight|bias)");

	private static final Pattern WHOLE = Pattern.compile("(.+)\\.(weight|bias)");

	/** How names of scales end; adapters may be called {@code upscale}. */
	private static final Pattern SCALE =
		Pattern.compile("(?:.*\\.)?(?:[a-z]+_)?scale(?:_[a-z0-9]+)?");

	private static final Map<String, Part> CHANGES =
		Map.of("diff", Part.DIFF, "w_norm", Part.DIFF, "diff_b", Part.DIFF_BIAS, "b_norm",
			Part.DIFF_BIAS, "set_weight", Part.WHOLE, "weight", Part.WHOLE, "bias", Part.WHOLE_BIAS);

	/** Understands a name; empty if it cannot be one of a transformer's layer. */
	static Optional<LoraKey> parse(final String name) {
		if (name.length() > LONGEST) return Optional.empty();
		final String rest = withoutPrefixes(name);
		final Matcher factor = FACTOR.matcher(rest);
		if (factor.matches()) return factor(factor);
		final Matcher product = PRODUCT.matcher(rest);
		if (product.matches())
			return isScale(product.group(3)) ? Optional.empty() : key(product, product(product.group(2)));
		final Matcher magnitude = MAGNITUDE.matcher(rest);
		if (magnitude.matches()) return key(magnitude, Part.MAGNITUDE);
		final Matcher alpha = ALPHA.matcher(rest);
		if (alpha.matches()) return key(alpha, Part.ALPHA);
		for (final Pattern pattern : new Pattern[] { CHANGE, SAVED, WHOLE }) {
			final Matcher change = pattern.matcher(rest);
			if (change.matches()) return key(change, CHANGES.get(change.group(2)));
		}
		return rest.isEmpty() ? Optional.empty() : Optional.of(new LoraKey(rest, Part.WHOLE));
	}

	private static Optional<LoraKey> factor(final Matcher name) {
		final String end = name.group(3);
		final boolean bias = end != null && (end.equals("bias") || end.endsWith(".bias"));
		final String kind = name.group(2);
		final boolean up = kind.equals("B") || kind.equals("up");
		if (isScale(end) || bias && !up) return Optional.empty();
		if (bias) return key(name, Part.UP_BIAS);
		if (kind.equals("mid")) return key(name, Part.CORE);
		return key(name, up ? Part.UP : Part.DOWN);
	}

	/** A scale whose tensor is missing must not be taken for the tensor. */
	private static boolean isScale(final String end) {
		return end != null && SCALE.matcher(end).matches();
	}

	/** Whether a tensor is a factor's scale by its name. */
	static boolean isScaleOfFactor(final String name) {
		if (name.length() > LONGEST) return false;
		final Matcher factor = FACTOR.matcher(name);
		if (factor.matches()) return isScale(factor.group(3));
		final Matcher product = PRODUCT.matcher(name);
		return product.matches() && isScale(product.group(3));
	}

	private static Part product(final String name) {
		return name.matches(".*_t[12]") ? Part.CORE
			: Part.valueOf(name.toUpperCase(java.util.Locale.ROOT));
	}

	private static Optional<LoraKey> key(final Matcher name, final Part part) {
		return Optional.of(new LoraKey(name.group(1), part));
	}

	/** A name without the words for the transformer, however many. */
	static String withoutPrefixes(final String name) {
		final String rest = WRAPPER.matcher(name).replaceAll("");
		final Matcher prefix = PREFIX.matcher(rest);
		int start = 0;
		while (prefix.region(start, rest.length()).lookingAt()) {
			start = prefix.end();
		}
		return rest.substring(start);
	}

	/**
	 * The layer's name with each dot an underscore: dots and underscores are one, since kohya's names
	 * have only the latter.
	 */
	String module() {
		return module(path);
	}

	static String module(final String path) {
		return path.replace('.', '_');
	}
}
