package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.model.AutoencoderConfig;
import io.github.zimagefiji.model.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.LoadedWeights;

/**
 * Bytes that the parts of a run take beyond mapped files. Weights are exact; the rest are estimates with constants
 * measured on the published sizes (docs/benchmarks.md), rounded up.
 *
 * @param textEncoder weights of the text encoder
 * @param transformer weights of the transformer
 * @param autoencoder weights of the autoencoder
 * @param encoding working memory of the text encoder for the longest prompt
 * @param captionTokens tokens that captions add to the image's
 * @param samples samples that pass the transformer together: 2 with guidance
 * @param width length of the transformer's tokens
 * @param decoderChannels channels of the decoder at full resolution, before its last block
 * @param largestSide latent pixels of the largest square that the transformer has positions for
 */
record MemoryNeeds(long textEncoder, long transformer, long autoencoder, long encoding, int captionTokens,
	int samples, int width, int decoderChannels, long largestSide)
{

	/** Bytes for each token and each number of its width, while one sample passes a block. */
	private static final long BLOCK = 60;
	/** The same for a sample that waits. */
	private static final long WAITING = 8;
	/** Bytes for each pixel and decoder channel at full resolution. */
	private static final long DECODER = 14;
	/** Bytes of one pixel as float samples, several copies. */
	private static final long PIXEL = 60;

	static MemoryNeeds of(final ModelFolder model, final TensorType type, final boolean mapped, final int tokens,
		final int samples)
	{
		final TransformerConfig transformer = model.transformer();
		final AutoencoderConfig vae = model.autoencoder();
		final long perToken = 24L * model.textEncoder().width() + 12L * model.textEncoder().feedForwardWidth();
		return new MemoryNeeds(weights(model.textEncoderWeights(), type, mapped), weights(model.transformerWeights(), type,
			mapped), weights(model.autoencoderWeights(), type, mapped), tokens * perToken, tokens, samples, transformer
				.width(), vae.blockChannels().get(1), (long) transformer.patch() * Math.min(transformer.axesLengths().get(1),
					transformer.axesLengths().get(2)));
	}

	private static long weights(final Checkpoint checkpoint, final TensorType type, final boolean mapped) {
		return mapped ? LoadedWeights.anonymousBytes(checkpoint, type) : checkpoint.entries().values().stream().mapToLong(
			e -> e.elementCount() * type.bytes()).sum();
	}

	/** One sampling step for latents of a size. */
	long step(final int rows, final int columns) {
		final long tokens = rows / 2L * (columns / 2L) + captionTokens;
		return tokens * width * (BLOCK + (samples - 1) * WAITING);
	}

	/** Decoding latents of a size in one piece. */
	long decoding(final int rows, final int columns) {
		return 64L * rows * columns * decoderChannels * DECODER;
	}

	/** The finished image. */
	long pixels(final int rows, final int columns) {
		return 64L * rows * columns * PIXEL;
	}
}
