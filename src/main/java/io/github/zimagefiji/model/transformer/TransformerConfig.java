
package io.github.zimagefiji.model.transformer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.model.ConfigFile;
import io.github.zimagefiji.model.InferredConfig;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * The measures of an S3-DiT.
 *
 * @param channels latent channels, in and out
 * @param width length of a token
 * @param layers main blocks
 * @param refinerLayers blocks of the noise refiner, and of the context refiner
 * @param heads attention heads
 * @param captionWidth length of the text encoder's hidden states
 * @param patch side of a patch in latent pixels
 * @param normEps added to the mean square in RMS norms (those of queries and keys have 1e-5)
 * @param ropeTheta base of the rotary position frequencies
 * @param timeScale by which the time in [0, 1] is multiplied
 * @param axesWidths how a head is divided among the three position axes: sequence, row, column
 * @param axesLengths largest position on each axis, plus one
 * @param featureWidth length of the image encoder's features in an Omni model; 0 in a model that
 *          knows no reference images
 */
public record TransformerConfig(int channels, int width, int layers, int refinerLayers, int heads,
		int captionWidth, int patch, double normEps, double ropeTheta, double timeScale,
		List<Integer> axesWidths, List<Integer> axesLengths, int featureWidth)
{

	/** Longest conditioning vector (the reference's {@code ADALN_EMBED_DIM}). */
	private static final int MAX_CONDITIONING = 256;

	/**
	 * Reads {@code transformer/config.json}.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not a transformer that this
	 *           program can run
	 */
	public static TransformerConfig read(final Path file) {
		final Fields config = ConfigFile.read(file);
		ConfigFile.only(config, "_class_name", "\"ZImageTransformer2DModel\"");
		ConfigFile.only(config, "all_patch_size", "[2]");
		ConfigFile.only(config, "all_f_patch_size", "[1]");
		ConfigFile.only(config, "qk_norm", "true");
		// Heads for keys and values are as many as for queries, whatever this says;
		// so does the reference.
		config.ignore("n_kv_heads");
		final TransformerConfig result =
			new TransformerConfig(config.integer("in_channels", 1, 1024), config.integer("dim", 8, 65536),
				config.integer("n_layers", 1, 1000), config.integer("n_refiner_layers", 0, 100),
				config.integer("n_heads", 1, 1024), config.integer("cap_feat_dim", 1, 65536), 2,
				config.positive("norm_eps"), config.positive("rope_theta"), config.positive("t_scale"),
				list(config.integers("axes_dims", 1)), list(config.integers("axes_lens", 1)),
				config.integer("siglip_feat_dim", 0, 1, 65536));
		result.check(config);
		ConfigFile.refuseUnknown(config);
		return result;
	}

	/**
	 * The measures of a transformer that came without a config: what its tensors tell, and for the
	 * rest what the published models of the family have. The axes share a head of another width in
	 * the same proportion, 2 : 3 : 3.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if its tensors are not those of a
	 *           Z-Image transformer
	 */
	public static TransformerConfig infer(final Checkpoint weights) {
		final InferredConfig tensors = new InferredConfig(weights, "Z-Image transformer");
		final int width = tensors.extent("all_x_embedder.2-1.weight", 2, 0);
		final int head = tensors.extent("layers.0.attention.norm_q.weight", 1, 0);
		final int channels =
			tensors.quotient(tensors.extent("all_x_embedder.2-1.weight", 2, 1), 4, "latent channels");
		final int unit = tensors.quotient(head, 16, "position axes") * 2;
		return new TransformerConfig(channels, width, tensors.count("layers."),
			tensors.count("noise_refiner."), tensors.quotient(width, head, "heads"),
			tensors.extent("cap_embedder.0.weight", 1, 0), 2, 1e-5, 256, 1000,
			List.of(2 * unit, 3 * unit, 3 * unit), List.of(1536, 512, 512),
			weights.has("siglip_embedder.0.weight") ? tensors.extent("siglip_embedder.0.weight", 1, 0)
				: 0);
	}

	private void check(final Fields config) {
		if (width % heads != 0) throw config.problem("n_heads", "must divide dim (" + width + ")");
		if (axesWidths.size() != 3 || axesLengths.size() != 3)
			throw config.problem("axes_dims", "must name three axes, as axes_lens");
		if (axesWidths.stream().mapToLong(w -> w).sum() != headWidth())
			throw config.problem("axes_dims", "must add up to " + headWidth() + ", the width of a head");
		if (axesWidths.stream().anyMatch(w -> w % 2 != 0))
			throw config.problem("axes_dims", "must be even");
	}

	/** Whether this is the Omni form, which takes reference images. */
	public boolean isOmni() {
		return featureWidth > 0;
	}

	/** Length of one head. */
	public int headWidth() {
		return width / heads;
	}

	/** Length of the vector that a time is embedded to. */
	public int conditioningWidth() {
		return Math.min(width, MAX_CONDITIONING);
	}

	/**
	 * Width of the gated feed-forward layer, truncated as in the reference
	 * ({@code int(dim / 3 * 8)}).
	 */
	public int feedForwardWidth() {
		return (int) (width / 3.0 * 8.0);
	}

	private static List<Integer> list(final int[] values) {
		return Arrays.stream(values).boxed().toList();
	}
}
