
package io.github.zimagefiji.pipeline.sampling;

import java.util.Arrays;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.picture.PixelMask;
import io.github.zimagefiji.pipeline.picture.PlanarImage;

/**
 * What a ControlNet takes in (pipeline_z_image_controlnet.py,
 * pipeline_z_image_controlnet_inpaint.py): the latents of a control picture and, if it has the
 * channels for that, a mask and the latents of a picture of which parts are kept. Latents are the
 * most probable ones, never drawn.
 */
public final class ControlLatents {

	private final Autoencoder autoencoder;
	private final int channels;
	private final int tile;
	private final Runnable afterBlock;

	/**
	 * @param channels that the ControlNet takes
	 * @param tile side of the autoencoder's tiles in pixels; 0 encodes in one piece
	 * @param afterBlock called after each block of the autoencoder; may throw to stop
	 */
	public ControlLatents(final Autoencoder autoencoder, final int channels, final int tile,
		final Runnable afterBlock)
	{
		this.autoencoder = autoencoder;
		this.channels = channels;
		this.tile = tile;
		this.afterBlock = afterBlock;
	}

	/**
	 * For text to image: channels beyond the control picture's latents are zero.
	 *
	 * @return (1, channels, latent height, latent width)
	 */
	public Tensor of(final TensorScope scope, final PlanarImage control) {
		final ImageLatents encoded = encode(scope, control);
		final LatentShape shape = encoded.shape();
		final int area = shape.rows() * shape.columns();
		if (channels < shape.channels()) throw new InvalidInputException(
			"The ControlNet takes " + channels + " channels, but the model's pictures have " +
				shape.channels() + ". Choose a ControlNet made for this model.");
		return scope.floats(Arrays.copyOf(encoded.mode(), channels * area), 1, channels, shape.rows(),
			shape.columns());
	}

	/**
	 * For inpainting: control picture, mask with 1 where the picture is kept, and the picture, grey
	 * where it is not.
	 *
	 * @param image of the control picture's size
	 * @param mask of the same size
	 * @return (1, channels, latent height, latent width)
	 * @throws InvalidInputException if the ControlNet has not the channels for it
	 */
	public Tensor ofInpainting(final TensorScope scope, final PlanarImage control,
		final PlanarImage image, final PixelMask mask)
	{
		if (image.width() != mask.width() || image.height() != mask.height())
			throw new InvalidInputException(
				"The mask has " + mask.width() + " × " + mask.height() + " pixels, but the image has " +
					image.width() + " × " + image.height() + ". Both must have the same size.");
		final ImageLatents encoded = encode(scope, control);
		final LatentShape shape = encoded.shape();
		final int area = shape.rows() * shape.columns();
		if (channels != 2 * shape.channels() + 1)
			throw new InvalidInputException("This ControlNet takes " + channels +
				" channels; for inpainting one of " + (2 * shape.channels() + 1) +
				" channels is needed (version 2.0 or later). Choose another ControlNet, or leave the mask away.");
		final float[] latents = encoded.mode();
		final float[] all = Arrays.copyOf(latents, channels * area);
		final float[] painted = mask.atLatents(shape);
		for (int i = 0; i < area; i++) {
			all[latents.length + i] = 1 - painted[i];
		}
		System.arraycopy(encode(scope, image.masked(mask)).mode(), 0, all, latents.length + area,
			latents.length);
		return scope.floats(all, 1, channels, shape.rows(), shape.columns());
	}

	private ImageLatents encode(final TensorScope scope, final PlanarImage picture) {
		return ImageLatents.encode(scope, autoencoder, picture, tile, afterBlock);
	}
}
