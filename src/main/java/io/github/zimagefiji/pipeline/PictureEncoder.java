
package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.EditPart;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.model.vision.PatchProcessor;
import io.github.zimagefiji.pipeline.kind.Kind;
import io.github.zimagefiji.pipeline.picture.PlanarImage;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.pipeline.sampling.ControlLatents;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.request.Stage;

/**
 * Turns the pictures of a request into what the transformer knows of them.
 *
 * @param scope owns the result
 * @param tile side of the autoencoder's tiles in pixels; 0 encodes in one piece
 */
record PictureEncoder(TensorScope scope, Pipeline pipeline, RunProgress progress, RunWork work,
		int tile) implements Kind.Encoder
{

	@Override
	public ImageLatents latents(final PlanarImage picture) {
		return ImageLatents.encode(scope, autoencoder(), picture, tile, afterBlock());
	}

	@Override
	public ControlLatents control(final int channels) {
		return new ControlLatents(autoencoder(), channels, tile, afterBlock());
	}

	private Autoencoder autoencoder() {
		return pipeline.components().autoencoder(progress.work(0));
	}

	private Runnable afterBlock() {
		return progress.work(work.pictureBlock(), pipeline.model().autoencoderWeights());
	}

	@Override
	public OmniTransformer.Reference reference(final ReferenceImage image, final String which) {
		final EditPart part = pipeline.model().editPart();
		final Autoencoder autoencoder = autoencoder();
		final ImageEncoder encoder = pipeline.components().imageEncoder(progress.work(0));
		progress.enter(Stage.SEE, which);
		return reference(scope, autoencoder, part.processor(), encoder, tile, image,
			progress.work(work.pictureBlock(), part.weights()));
	}

	/**
	 * Turns a reference image into latents, and what the image encoder sees.
	 *
	 * @param scope owns the result
	 * @param tile side of the autoencoder's tiles in pixels; 0 encodes in one piece
	 * @param afterBlock called after each block of either network; may throw to stop
	 */
	static OmniTransformer.Reference reference(final TensorScope scope, final Autoencoder autoencoder,
		final PatchProcessor processor, final ImageEncoder encoder, final int tile,
		final ReferenceImage image, final Runnable afterBlock)
	{
		// The reference rounds the pixels, whatever its precision; it takes the
		// middle of the posterior.
		final ImageLatents latents =
			ImageLatents.encode(scope, autoencoder, image.pixels().rounded(), tile, afterBlock);
		return new OmniTransformer.Reference(scope.floats(latents.mode(), latents.shape().axes(1)),
			encoder.encode(scope, processor.cut(image.seen()), afterBlock));
	}
}
