
package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.model.vision.PatchProcessor;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;

/**
 * Turns a reference image into what the transformer knows of it: latents, and what the image
 * encoder sees.
 *
 * @param autoencoder of the model
 * @param processor of the model
 * @param encoder of the model
 * @param tile side of the autoencoder's tiles in pixels; 0 encodes in one piece
 */
record ReferenceEncoder(Autoencoder autoencoder, PatchProcessor processor, ImageEncoder encoder,
		int tile)
{

	/**
	 * Encodes one image.
	 *
	 * @param scope owns the result
	 * @param afterBlock called after each block of either network; may throw to stop
	 */
	OmniTransformer.Reference encode(final TensorScope scope, final ReferenceImage image,
		final Runnable afterBlock)
	{
		// The reference rounds the pixels, whatever its precision; it takes the
		// middle of the posterior.
		final ImageLatents latents =
			ImageLatents.encode(scope, autoencoder, image.pixels().rounded(), tile, afterBlock);
		return new OmniTransformer.Reference(scope.floats(latents.mode(), latents.shape().axes(1)),
			encoder.encode(scope, processor.cut(image.seen()), afterBlock));
	}
}
