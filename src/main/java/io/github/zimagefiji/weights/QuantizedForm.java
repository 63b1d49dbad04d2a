
package io.github.zimagefiji.weights;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Forms of quantized weights that this program does not read, told by the names of what lies beside
 * the weights and by types of numbers. The names are those that the programs named here write.
 */
enum QuantizedForm {

		/** Dettmers et al., arXiv 2110.02861 and 2305.14314. */
		BITSANDBYTES("by bitsandbytes", null,
			"quant_state\\..+|absmax|nested_absmax|quant_map|nested_quant_map|SCB"),
		/**
		 * SVDQuant, arXiv 2411.05007: {@code SVDQW4A4Linear} and {@code AWQW4A16Linear} of nunchaku.
		 */
		NUNCHAKU("by Nunchaku (SVDQuant)", null,
			"wscales|wtscale|wcscales|wzeros|smooth_factor(_orig)?|smooth(_orig)?"),
		/**
		 * arXiv 2504.11651: nothing is lost, but the numbers are packed; {@code compress_model} of
		 * DFloat11, whose names stand behind a block's.
		 */
		DFLOAT11("as DFloat11 (DF11)", null,
			"encoded_exponent|sign_mantissa|output_positions|luts|gaps|split_positions"),
		/** arXiv 2210.17323 and 2306.00978; the last is TinyChat's. */
		GPTQ("by GPTQ or AWQ", null, "qzeros|g_idx|scaled_zeros"),
		/**
		 * Apple's MLX: {@code QuantizedLinear} has scales for groups, and biases in its affine form.
		 */
		MLX("by MLX, as mflux does", StoredType.U32, "scales|biases"),
		/**
		 * SD.Next's: {@code weight}, {@code scale} and, as settings want it, {@code zero_point},
		 * {@code svd_up} and {@code svd_down}.
		 */
		SDNQ("by SDNQ", null, "svd_up|svd_down|zero_point"),
		/** Hugging Face's quanto and optimum-quanto. */
		QUANTO("by quanto", null, "weight\\._(data|scale|shift)"),
		/** Two levels of scales, with numbers of 4 bits. */
		NVFP4("to NVFP4", null, "weight_scale_2|pre_quant_scale"),
		/** Scales for blocks of 128 × 128, as DeepSeek has them. */
		FP8_BLOCKS("to FP8 with a scale for each block", null, "weight_scale_inv"),
		/** Any other with a plain scale beside its weight. */
		INT8("to INT8", StoredType.I8, "weight"),
		/** Names of no form in particular. */
		PACKED("in packed numbers", StoredType.U8, "weight");

	private final String words;
	private final StoredType type;
	private final Pattern names;

	/**
	 * @param words how it is quantized
	 * @param type of the layer's weight; null for any
	 * @param names ends of names, after the layer's
	 */
	QuantizedForm(final String words, final StoredType type, final String names) {
		this.words = words;
		this.type = type;
		this.names = Pattern.compile("(.+)\\.(" + names + ")");
	}

	/** A tensor by which a form was recognized. */
	record Sign(QuantizedForm form, TensorEntry tensor) {

		/** How the file is quantized, for the middle of a sentence. */
		String words() {
			return form.words + " (it has the tensor \"" + tensor.name() + "\" of type " + tensor.type() +
				")";
		}
	}

	/** The form of a file's weights; nothing if it is one that is read. */
	static Optional<Sign> of(final Map<String, TensorEntry> entries) {
		for (final QuantizedForm form : values()) {
			for (final TensorEntry entry : entries.values()) {
				if (form.shows(entry, entries)) return Optional.of(new Sign(form, entry));
			}
		}
		return Optional.empty();
	}

	private boolean shows(final TensorEntry entry, final Map<String, TensorEntry> entries) {
		final var matcher = names.matcher(entry.name());
		if (!matcher.matches()) return this == SDNQ && isScale(entry, entries);
		if (type == null) return true;
		final TensorEntry weight = entries.get(matcher.group(1) + ".weight");
		return weight != null && weight.type() == type && weight.shape().length > 1;
	}

	/** SDNQ's smallest form: a scale beside numbers of any type. */
	private static boolean isScale(final TensorEntry entry, final Map<String, TensorEntry> entries) {
		return entry.name().endsWith(".scale") &&
			entries.containsKey(entry.name().replaceFirst("scale$", "weight"));
	}
}
