
package io.github.zimagefiji.pipeline;

import java.util.Collections;
import java.util.List;

import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * The work of a run in rough numbers of multiplications, so that a progress bar moves evenly
 * through stages of very different cost, and so that the time of one run tells that of another.
 *
 * @param textToken one token in one layer of the text encoder
 * @param imageBlock one block of the transformer on one tile
 * @param pictureBlock one block of an encoder on one picture, or one tile of it
 * @param decoderBlock one block of the decoder on one image, or one tile of it
 * @param encode all prompts in the text encoder
 * @param steps all steps of all images in the transformer
 * @param decode all pictures and images in the autoencoder and the image encoder
 */
public record RunWork(double textToken, double imageBlock, double pictureBlock, double decoderBlock,
		double encode, double steps, double decode)
{

	/** Tokens that the chat template puts around a prompt, rounded up. */
	private static final int TEMPLATE = 16;

	/** An encoder's part of a decoder's work: fewer blocks at full resolution. */
	private static final double ENCODING = 0.5;

	/**
	 * The work of a run whose prompts are tokenized.
	 *
	 * @param prompts tokens of each piece of text that is to be encoded
	 * @param longest tokens of the longest prompt
	 * @param tile side of the autoencoder's tiles in latent pixels; 0 for one piece
	 */
	public static RunWork of(final ModelFolder model, final RunOutline outline,
		final List<Integer> prompts, final int longest, final int tile)
	{
		final AutoencoderConfig vae = model.autoencoder();
		final LatentShape shape = outline.shape();
		final TextEncoderConfig text = model.textEncoder();
		final double textToken = text.width() * (2.0 * text.heads() * text.headWidth() +
			2.0 * text.keyValueHeads() * text.headWidth() + 3.0 * text.feedForwardWidth());
		final double imageBlock = imageBlock(model.transformer(),
			outline.tiles().tile().patches() + longest + outline.referenceTokens(model));
		final int blocks =
			Transformer.blocks(model.transformer()) + outline.parts().controlBlocks(model);
		final int decoderBlocks =
			tiles(shape.rows(), shape.columns(), tile) * Autoencoder.decoderBlocks(vae);
		final double decoding = decoding(vae, shape.patches());
		final double pictures = ENCODING * pictures(outline).stream()
			.mapToDouble(c -> decoding(vae, c.width() / 16.0 * c.height() / 16)).sum();
		final int count = outline.text().count();
		return new RunWork(textToken, imageBlock,
			pictures / Math.max(1, pictureBlocks(model, outline, tile)), decoding / decoderBlocks,
			textToken * TextEncoder.blocks(text) * prompts.stream().mapToInt(Integer::intValue).sum(),
			count * (double) outline.evaluations() * blocks * imageBlock, pictures + count * decoding);
	}

	/**
	 * The work of a run before anything is loaded; {@link #tokens} stands for its prompts.
	 */
	public static RunWork of(final ModelFolder model, final RunOutline outline) {
		final TextToImageRequest text = outline.text();
		final int prompt = tokens(text.prompt(), text.maxTokens());
		final boolean guided = outline.guidance().isOn();
		return of(model, outline,
			guided ? List.of(prompt, tokens(text.negativePrompt(), text.maxTokens())) : List.of(prompt),
			tokens(outline), 0);
	}

	/**
	 * Tokens of the longest prompt, about: as if each character were one. Words have fewer, some rare
	 * signs have more.
	 */
	public static int tokens(final RunOutline outline) {
		final TextToImageRequest text = outline.text();
		final int prompt = tokens(text.prompt(), text.maxTokens());
		return outline.guidance().isOn()
			? Math.max(prompt, tokens(text.negativePrompt(), text.maxTokens())) : prompt;
	}

	private static int tokens(final String prompt, final int most) {
		return Math.min(most, prompt.codePointCount(0, prompt.length()) + TEMPLATE);
	}

	private static double imageBlock(final TransformerConfig image, final double sequence) {
		return sequence * image.width() * (4.0 * image.width() + 3.0 * image.feedForwardWidth()) +
			2 * sequence * sequence * image.width();
	}

	/**
	 * At each resolution four times the pixels meet about a quarter of the weights.
	 */
	private static double decoding(final AutoencoderConfig vae, final double patches) {
		final double finest = vae.blockChannels().get(0);
		return 256.0 * patches * 9 * finest * finest * 4 * (vae.layers() + 1) *
			vae.blockChannels().size();
	}

	private static List<Canvas> pictures(final RunOutline outline) {
		if (!outline.references().isEmpty()) return outline.references();
		return Collections.nCopies(outline.pictures(), outline.canvas());
	}

	private static int pictureBlocks(final ModelFolder model, final RunOutline outline,
		final int tile)
	{
		final int encoder =
			outline.references().isEmpty() ? 0 : ImageEncoder.blocks(model.editPart().encoder());
		return pictures(outline).stream()
			.mapToInt(c -> encoder +
				tiles(c.height() / 8, c.width() / 8, tile) * Autoencoder.encoderBlocks(model.autoencoder()))
			.sum();
	}

	/** Tiles of the autoencoder for latents of a size. */
	private static int tiles(final int rows, final int columns, final int tile) {
		final int step = (int) (tile * (1 - ImageDecoder.OVERLAP));
		return tile == 0 ? 1 : ((rows + step - 1) / step) * ((columns + step - 1) / step);
	}

	/** All of it. */
	double total() {
		return encode + steps + decode;
	}
}
