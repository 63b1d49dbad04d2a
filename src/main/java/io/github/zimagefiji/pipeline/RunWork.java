
package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.autoencoder.AutoencoderConfig;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.text.TextEncoderConfig;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.model.transformer.TransformerConfig;
import io.github.zimagefiji.pipeline.kind.Kind;
import io.github.zimagefiji.pipeline.picture.LatentShape;

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

	/** An encoder's part of a decoder's work: fewer blocks at full resolution. */
	private static final double ENCODING = 0.5;

	/**
	 * The work of a run.
	 *
	 * @param tile side of the autoencoder's tiles in latent pixels; 0 for one piece
	 */
	static RunWork of(final RunPlan plan, final int tile) {
		final ModelFolder model = plan.model();
		final Kind kind = plan.kind();
		final AutoencoderConfig vae = model.autoencoder();
		final LatentShape shape = plan.shape();
		final TextEncoderConfig text = model.textEncoder();
		final double textToken = text.width() * (2.0 * text.heads() * text.headWidth() +
			2.0 * text.keyValueHeads() * text.headWidth() + 3.0 * text.feedForwardWidth());
		final double imageBlock = imageBlock(model.transformer(),
			plan.tiles().tile().patches() + plan.longest() + kind.tokens());
		final int blocks = Transformer.blocks(model.transformer()) + kind.blocksOfEvaluation();
		final int decoderBlocks =
			tiles(shape.rows(), shape.columns(), tile) * Autoencoder.decoderBlocks(vae);
		final double decoding = decoding(vae, shape.patches());
		final double pictures = ENCODING * kind.pictures().stream()
			.mapToDouble(c -> decoding(vae, c.width() / 16.0 * c.height() / 16)).sum();
		final int pictureBlocks = kind.pictures().stream().mapToInt(c -> kind.blocksOfPicture() +
			tiles(c.height() / 8, c.width() / 8, tile) * Autoencoder.encoderBlocks(vae)).sum();
		final int count = plan.text().count();
		return new RunWork(textToken, imageBlock, pictures / Math.max(1, pictureBlocks),
			decoding / decoderBlocks,
			textToken * TextEncoder.blocks(text) *
				plan.pieces().stream().mapToInt(Integer::intValue).sum(),
			count * (double) plan.evaluations() * blocks * imageBlock, pictures + count * decoding);
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
