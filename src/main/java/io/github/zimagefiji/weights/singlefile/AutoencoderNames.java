
package io.github.zimagefiji.weights.singlefile;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zimagefiji.weights.TensorEntry;

/**
 * The names that the autoencoder has in its original code (latent diffusion models, Flux), and
 * those of diffusers. The decoder's blocks are counted from the finest resolution there, from the
 * coarsest here. Attention's 1 × 1 convolutions are matrices here.
 *
 * @param coarsest number of the decoder's coarsest block
 * @see <a href=
 *      "https://github.com/huggingface/diffusers/blob/main/src/diffusers/loaders/single_file_utils.py">
 *      convert_ldm_vae_checkpoint</a>
 */
record AutoencoderNames(int coarsest) implements TensorNames {

	private static final Pattern UP = Pattern.compile("decoder\\.up\\.(\\d{1,3})\\.(.+)");
	private static final Pattern DOWN = Pattern.compile("encoder\\.down\\.(\\d+)\\.(.+)");
	private static final Pattern MIDDLE =
		Pattern.compile("(encoder|decoder)\\.mid\\.block_([12])\\.(.+)");
	private static final Pattern ATTENTION =
		Pattern.compile("(encoder|decoder)\\.mid\\.attn_1\\.(norm|q|k|v|proj_out)\\.(weight|bias)");
	private static final Pattern KNOWN = Pattern.compile(
		"(encoder|decoder)\\.((conv_in|conv_out|conv_norm_out|mid_block|down_blocks|up_blocks)\\..+)|(post_)?quant_conv\\..+");
	private static final Map<String, String> ATTENTION_LAYERS =
		Map.of("norm", "group_norm", "q", "to_q", "k", "to_k", "v", "to_v", "proj_out", "to_out.0");

	/** For a file with tensors of such names. */
	static AutoencoderNames of(final Collection<String> names) {
		return new AutoencoderNames(names.stream().map(UP::matcher).filter(Matcher::matches)
			.mapToInt(m -> Integer.parseInt(m.group(1))).max().orElse(0));
	}

	@Override
	public boolean isNeedless(final String name) {
		return false;
	}

	@Override
	public List<TensorEntry> translate(final String name, final TensorEntry entry) {
		final Matcher attention = ATTENTION.matcher(name);
		if (attention.matches())
			return List.of(matrix(entry).named(attention.group(1) + ".mid_block.attentions.0." +
				ATTENTION_LAYERS.get(attention.group(2)) + "." + attention.group(3)));
		final String own = translate(name);
		return KNOWN.matcher(own).matches() ? List.of(entry.named(own)) : List.of();
	}

	private String translate(final String name) {
		final Matcher up = UP.matcher(name);
		if (up.matches()) return "decoder.up_blocks." + (coarsest - Integer.parseInt(up.group(1))) +
			"." + layer(up.group(2));
		final Matcher down = DOWN.matcher(name);
		if (down.matches()) return "encoder.down_blocks." + down.group(1) + "." + layer(down.group(2));
		final Matcher middle = MIDDLE.matcher(name);
		if (middle.matches()) return middle.group(1) + ".mid_block.resnets." +
			(Integer.parseInt(middle.group(2)) - 1) + "." + shortcut(middle.group(3));
		return name.replaceFirst("^(encoder|decoder)\\.norm_out\\.", "$1.conv_norm_out.");
	}

	private static String layer(final String name) {
		return shortcut(name.replaceFirst("^block\\.", "resnets.")
			.replaceFirst("^(down|up)sample\\.conv\\.", "$1samplers.0.conv."));
	}

	private static String shortcut(final String name) {
		return name.replace("nin_shortcut.", "conv_shortcut.");
	}

	/**
	 * (out, in) of a convolution (out, in, 1, 1) or (out, in, 1); others stay.
	 */
	private static TensorEntry matrix(final TensorEntry entry) {
		final long[] shape = entry.shape();
		final boolean pointwise = shape.length > 2 && shape[0] * shape[1] == entry.elementCount();
		return pointwise ? entry.shaped(shape[0], shape[1]) : entry;
	}
}
