
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.model.folder.EditPart;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.vision.ImageEncoder;
import io.github.zimagefiji.pipeline.picture.ReferenceImage;
import io.github.zimagefiji.pipeline.sampling.ControlLatents;
import io.github.zimagefiji.pipeline.sampling.ImageLatents;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.weights.Checkpoint;

/** Turns the pictures of a request into what the transformer knows of them. */
final class PictureEncoder {

	private final Pipeline pipeline;
	private final RunOutline outline;
	private final MemoryPlan plan;
	private final RunWork work;

	PictureEncoder(final Pipeline pipeline, final RunOutline outline, final MemoryPlan plan,
		final RunWork work)
	{
		this.pipeline = pipeline;
		this.outline = outline;
		this.plan = plan;
		this.work = work;
	}

	/**
	 * Encoded pictures.
	 *
	 * @param image latents of the image that is changed; null to begin with noise
	 * @param mask (rows, columns): 1 where something new comes; null for everywhere
	 * @param control (1, channels of the ControlNet, rows, columns); null without one
	 * @param references reference images
	 */
	record Encoded(ImageLatents image, float[] mask, Tensor control,
			List<OmniTransformer.Reference> references)
	{}

	/**
	 * Encodes all pictures.
	 *
	 * @param scope owns the result
	 */
	Encoded encode(final TensorScope scope, final PreparedPictures pictures,
		final RunProgress progress)
	{
		if (outline.pictures() == 0) return new Encoded(null, null, null, List.of());
		progress.enter(Stage.SEE, "");
		final Checkpoint weights = pipeline.model().autoencoderWeights();
		final Autoencoder autoencoder = pipeline.components().autoencoder(progress.work(0));
		final Runnable afterBlock = progress.work(work.pictureBlock(), weights);
		if (pictures.control() != null) return control(scope, autoencoder, pictures, afterBlock);
		if (pictures.image() != null)
			return new Encoded(image(scope, autoencoder, pictures, afterBlock), mask(pictures), null,
				List.of());
		return new Encoded(null, null, null, references(scope, autoencoder, pictures, progress));
	}

	private ImageLatents image(final TensorScope scope, final Autoencoder autoencoder,
		final PreparedPictures pictures, final Runnable afterBlock)
	{
		return ImageLatents.encode(scope, autoencoder, pictures.image(), tile(), afterBlock);
	}

	/**
	 * With a hard edge of latent pixels: in the normal mode all that a masked pixel touches, in the
	 * reference's as it does.
	 */
	private float[] mask(final PreparedPictures pictures) {
		if (pictures.mask() == null) return null;
		return pictures.composition() == null ? pictures.mask().atLatents(outline.shape())
			: pictures.mask().covering(outline.shape());
	}

	private Encoded control(final TensorScope scope, final Autoencoder autoencoder,
		final PreparedPictures pictures, final Runnable afterBlock)
	{
		final int channels = outline.parts().control().config().channels();
		final ControlLatents latents = new ControlLatents(autoencoder, channels, tile(), afterBlock);
		if (pictures.image() == null)
			return new Encoded(null, null, latents.of(scope, pictures.control()), List.of());
		if (channels > pipeline.model().transformer().channels()) return new Encoded(null, null,
			latents.ofInpainting(scope, pictures.control(), pictures.image(), pictures.mask()),
			List.of());
		// A ControlNet that knows no masks goes along with inpainting by blending
		// latents.
		return new Encoded(image(scope, autoencoder, pictures, afterBlock), mask(pictures),
			latents.of(scope, pictures.control()), List.of());
	}

	private List<OmniTransformer.Reference> references(final TensorScope scope,
		final Autoencoder autoencoder, final PreparedPictures pictures, final RunProgress progress)
	{
		final EditPart part = pipeline.model().editPart();
		final ImageEncoder encoder = pipeline.components().imageEncoder(progress.work(0));
		final ReferenceEncoder references =
			new ReferenceEncoder(autoencoder, part.processor(), encoder, tile());
		final List<OmniTransformer.Reference> result = new ArrayList<>();
		for (final ReferenceImage image : pictures.references()) {
			final int number = result.size() + 1;
			final int count = pictures.references().size();
			progress.enter(Stage.SEE, count > 1 ? "image " + number + " of " + count : "");
			result
				.add(references.encode(scope, image, progress.work(work.pictureBlock(), part.weights())));
		}
		return result;
	}

	/** Side of the autoencoder's tiles in pixels; 0 for one piece. */
	private int tile() {
		return plan.tile() * pipeline.model().autoencoder().downscale();
	}
}
