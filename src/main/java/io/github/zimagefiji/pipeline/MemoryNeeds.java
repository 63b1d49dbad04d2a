
package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.loaded.LoadedWeights;

/**
 * Bytes that the parts of a run take beyond mapped files. Weights are exact; the rest are estimates
 * with constants measured on the published sizes (docs/benchmarks.md), rounded up.
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
 * @param extras what the request adds to a plain one
 */
public record MemoryNeeds(long textEncoder, long transformer, long autoencoder, long encoding,
		int captionTokens, int samples, int width, int decoderChannels, long largestSide, Extras extras)
{

	/**
	 * What a request adds to a plain one.
	 *
	 * @param weights of ControlNet and LoRAs, beside the transformer's
	 * @param imageEncoder its weights
	 * @param pictures whether pictures are encoded
	 * @param tile latent pixels of the largest tile's side in which the transformer runs
	 * @param perToken further bytes for each token and each number of its width, while a sample
	 *          passes a block
	 */
	record Extras(long weights, long imageEncoder, boolean pictures, int tile, long perToken) {

		/** Nothing. */
		static final Extras NONE = new Extras(0, 0, false, Integer.MAX_VALUE, 0);
	}

	/** Needs of a plain request. */
	MemoryNeeds(final long textEncoder, final long transformer, final long autoencoder,
		final long encoding, final int captionTokens, final int samples, final int width,
		final int decoderChannels, final long largestSide)
	{
		this(textEncoder, transformer, autoencoder, encoding, captionTokens, samples, width,
			decoderChannels, largestSide, Extras.NONE);
	}

	/**
	 * Bytes for each token and each number of its width, while one sample passes a block.
	 */
	private static final long BLOCK = 60;
	/** The same for a sample that waits. */
	private static final long WAITING = 8;
	/** The same in the Omni form, whose tokens are modulated one by one. */
	private static final long OMNI = 16;
	/**
	 * The same for the picture, its hints and the copy that a ControlNet carries along.
	 */
	private static final long CONTROL = 24;
	/** Bytes for each pixel and decoder channel at full resolution. */
	private static final long DECODER = 14;
	/** Bytes of one pixel as float samples, several copies. */
	private static final long PIXEL = 60;

	public static MemoryNeeds of(final ModelFolder model, final TensorType type, final boolean mapped,
		final int tokens, final int samples)
	{
		final TransformerConfig transformer = model.transformer();
		final AutoencoderConfig vae = model.autoencoder();
		final long perToken =
			24L * model.textEncoder().width() + 12L * model.textEncoder().feedForwardWidth();
		return new MemoryNeeds(weights(model.textEncoderWeights(), type, mapped),
			weights(model.transformerWeights(), type, mapped),
			weights(model.autoencoderWeights(), type, mapped), tokens * perToken, tokens, samples,
			transformer.width(), vae.blockChannels().get(1), (long) transformer.patch() *
				Math.min(transformer.axesLengths().get(1), transformer.axesLengths().get(2)));
	}

	/**
	 * Needs of a run.
	 *
	 * @param tokens of the longest prompt
	 */
	public static MemoryNeeds of(final ModelFolder model, final RunOutline outline,
		final TensorType type, final boolean mapped, final int tokens)
	{
		final MemoryNeeds plain = of(model, type, mapped, tokens, outline.guidance().isOn() ? 2 : 1);
		final boolean edits = !outline.references().isEmpty();
		final Adapters parts = outline.parts();
		final Extras extras = new Extras(parts.controlBytes(type, mapped) + parts.adapterBytes(type),
			edits ? weights(model.editPart().weights(), type, mapped) : 0, outline.pictures() > 0,
			Math.max(outline.tiles().rows(), outline.tiles().columns()),
			(outline.omni() ? OMNI : 0) + (parts.control() == null ? 0 : CONTROL));
		return new MemoryNeeds(plain.textEncoder, plain.transformer, plain.autoencoder, plain.encoding,
			tokens + outline.referenceTokens(model), plain.samples, plain.width, plain.decoderChannels,
			plain.largestSide, extras);
	}

	private static long weights(final Checkpoint checkpoint, final TensorType type,
		final boolean mapped)
	{
		return mapped ? LoadedWeights.anonymousBytes(checkpoint, type) : checkpoint.entries().values()
			.stream().mapToLong(e -> e.elementCount() * type.bytes()).sum();
	}

	/** One sampling step for latents of a size. */
	long step(final int rows, final int columns) {
		final long tokens =
			Math.min(rows, extras.tile()) / 2L * (Math.min(columns, extras.tile()) / 2L) + captionTokens;
		return tokens * width * (BLOCK + extras.perToken() + (samples - 1) * WAITING);
	}

	/** Weights of the transformer with what is added to it. */
	long sampling() {
		return transformer + extras.weights();
	}

	/**
	 * Encoding pictures of a size in one piece, as much as decoding them at most; nothing without
	 * any.
	 */
	long seeing(final int rows, final int columns) {
		return extras.pictures() ? autoencoder + extras.imageEncoder() + decoding(rows, columns) : 0;
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
