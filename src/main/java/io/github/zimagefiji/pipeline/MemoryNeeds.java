
package io.github.zimagefiji.pipeline;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.pipeline.kind.Part;
import io.github.zimagefiji.request.Stage;

/**
 * Bytes that the parts of a run take beyond mapped files. Weights are exact; the rest are estimates
 * with constants measured on the published sizes (docs/benchmarks.md), rounded up.
 *
 * @param weights of the networks that are loaded
 * @param encoding working memory of the text encoder for the longest prompt
 * @param tokens that captions and reference images add to the image's
 * @param samples samples that pass the transformer together: 2 with guidance
 * @param width length of the transformer's tokens
 * @param decoderChannels channels of the decoder at full resolution, before its last block
 * @param largestSide latent pixels of the largest square that the transformer has positions for
 * @param pictures whether pictures are encoded
 * @param tile latent pixels of the largest tile's side in which the transformer runs
 * @param perToken further bytes for each token and each number of its width, while a sample passes
 *          a block
 */
record MemoryNeeds(Map<Part.Role, Long> weights, long encoding, int tokens, int samples, int width,
		int decoderChannels, long largestSide, boolean pictures, int tile, long perToken)
{

	/**
	 * Bytes for each token and each number of its width, while one sample passes a block.
	 */
	private static final long BLOCK = 60;
	/** The same for a sample that waits. */
	private static final long WAITING = 8;
	/** The same in the Omni form, whose tokens are modulated one by one. */
	private static final long OMNI = 16;
	/** Bytes for each pixel and decoder channel at full resolution. */
	private static final long DECODER = 14;
	/** Bytes of one pixel as float samples, several copies. */
	private static final long PIXEL = 60;

	/** Needs of a run; see {@link RunPlan#memory}. */
	static MemoryNeeds of(final RunPlan plan, final TensorType type, final boolean mapped) {
		final ModelFolder model = plan.model();
		final TransformerConfig transformer = model.transformer();
		final AutoencoderConfig vae = model.autoencoder();
		final TextEncoderConfig text = model.textEncoder();
		final Map<Part.Role, Long> weights = new EnumMap<>(Part.Role.class);
		plan.parts().forEach(part -> weights.put(part.role(), part.bytes(type, mapped)));
		return new MemoryNeeds(weights,
			plan.longest() * (24L * text.width() + 12L * text.feedForwardWidth()),
			plan.longest() + plan.kind().tokens(), plan.guidance().isOn() ? 2 : 1, transformer.width(),
			vae.blockChannels().get(1),
			(long) transformer.patch() *
				Math.min(transformer.axesLengths().get(1), transformer.axesLengths().get(2)),
			!plan.kind().pictures().isEmpty(), Math.max(plan.tiles().rows(), plan.tiles().columns()),
			(plan.omni() ? OMNI : 0) + plan.kind().bytesOfToken());
	}

	/** Weights of all networks that are used in any of some stages. */
	long weights(final Stage... stages) {
		return weights.entrySet().stream()
			.filter(each -> Stream.of(stages).anyMatch(each.getKey()::isUsedIn))
			.mapToLong(Map.Entry::getValue).sum();
	}

	/** Encoding prompts. */
	long reading() {
		return weights(Stage.ENCODE) + encoding;
	}

	/** One sampling step for latents of a size, without weights. */
	long step(final int rows, final int columns) {
		final long all = Math.min(rows, tile) / 2L * (Math.min(columns, tile) / 2L) + tokens;
		return all * width * (BLOCK + perToken + (samples - 1) * WAITING);
	}

	/** Sampling latents of a size. */
	long sampling(final int rows, final int columns) {
		return weights(Stage.DENOISE) + step(rows, columns);
	}

	/**
	 * Encoding pictures of a size in one piece, as much as decoding them at most; nothing without
	 * any.
	 */
	long seeing(final int rows, final int columns) {
		return pictures ? weights(Stage.SEE) + decoding(rows, columns) : 0;
	}

	/** Decoding latents of a size in one piece, without weights. */
	long decoding(final int rows, final int columns) {
		return 64L * rows * columns * decoderChannels * DECODER;
	}

	/** The finished image. */
	long pixels(final int rows, final int columns) {
		return 64L * rows * columns * PIXEL;
	}
}
