
package io.github.zimagefiji.weights.singlefile;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.github.zimagefiji.weights.Refusal;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * The names that the transformer has in the model's original code and in ComfyUI.
 *
 * @see <a href=
 *      "https://github.com/huggingface/diffusers/blob/main/src/diffusers/loaders/single_file_utils.py">
 *      convert_z_image_transformer_checkpoint_to_diffusers</a>
 */
final class TransformerNames implements TensorNames {

	private static final String FUSED = ".attention.qkv.weight";
	private static final List<String> PARTS = List.of("to_q", "to_k", "to_v");
	private static final Pattern KNOWN = Pattern.compile(
		"(layers|(noise|context|siglip)_refiner)\\.\\d+\\..+|(all_x_embedder|all_final_layer)\\.2-1\\..+|" +
			"(cap|t|siglip)_embedder\\..+|(x|cap|siglip)_pad_token");

	@Override
	public boolean isNeedless(final String name) {
		return name.equals("norm_final.weight");
	}

	@Override
	public List<TensorEntry> translate(final String name, final TensorEntry entry) {
		final String own = name.replaceFirst("^(x_embedder|final_layer)\\.", "all_$1.2-1.");
		return KNOWN.matcher(own).matches() ? renamed(own, entry) : List.of();
	}

	/** The tensors of a block, which are one or three, under diffusers' names. */
	static List<TensorEntry> renamed(final String name, final TensorEntry entry) {
		final String own = name.replace(".attention.out.", ".attention.to_out.0.")
			.replaceFirst("\\.attention\\.([qk])_norm\\.", ".attention.norm_$1.");
		return own.endsWith(FUSED) ? split(own, entry) : List.of(entry.named(own));
	}

	/**
	 * Rows for queries come first, then those for keys, then those for values.
	 */
	private static List<TensorEntry> split(final String name, final TensorEntry entry) {
		final long[] shape = entry.shape();
		if (shape.length != 2 || shape[0] == 0 || shape[0] % PARTS.size() != 0)
			throw Refusal.damaged(entry.file(), "the tensor \"" + entry.name() + "\" of shape " +
				Arrays.toString(shape) + " cannot be divided into query, key and value");
		final long rows = shape[0] / PARTS.size();
		return IntStream.range(0, PARTS.size())
			.mapToObj(
				i -> entry.rows(i * rows, rows).named(name.replace(".qkv.", "." + PARTS.get(i) + ".")))
			.toList();
	}
}
