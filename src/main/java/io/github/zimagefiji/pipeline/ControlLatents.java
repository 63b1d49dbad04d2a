package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.Autoencoder;

import java.util.Arrays;

/**
 * What a ControlNet takes in (pipeline_z_image_controlnet.py, pipeline_z_image_controlnet_inpaint.py): the latents of a
 * control picture and, if it has the channels for that, a mask and the latents of a picture of which parts are kept. Latents
 * are the most probable ones, never drawn.
 */
final class ControlLatents {

	private final Autoencoder autoencoder;
	private final int channels;
	private final Runnable afterBlock;

	/**
	 * @param channels that the ControlNet takes
	 * @param afterBlock called after each block of the autoencoder; may throw to stop
	 */
	ControlLatents(final Autoencoder autoencoder, final int channels, final Runnable afterBlock) {
		this.autoencoder = autoencoder;
		this.channels = channels;
		this.afterBlock = afterBlock;
	}

	/**
	 * For text to image: channels beyond the control picture's latents are zero.
	 *
	 * @param control (1, 3, height, width) in [-1, 1]
	 * @return (1, channels, latent height, latent width)
	 */
	Tensor of(final TensorScope scope, final Tensor control) {
		try (TensorScope inner = scope.inner()) {
			final Tensor mean = autoencoder.encode(inner, control, afterBlock).mean();
			final long[] shape = mean.shape();
			final float[] latents = autoencoder.fromAutoencoder(mean.toFloats());
			final int area = (int) (shape[2] * shape[3]);
			if (channels * area < latents.length) throw new InvalidInputException("The ControlNet takes " + channels +
				" channels, but the model's pictures have " + shape[1] + ". Choose a ControlNet made for this model.");
			return scope.floats(Arrays.copyOf(latents, channels * area), 1, channels, shape[2], shape[3]);
		}
	}

	/**
	 * For inpainting: control picture, mask with 1 where the picture is kept, and the picture, grey where it is not.
	 *
	 * @param control (1, 3, height, width) in [-1, 1]
	 * @param image of the same shape
	 * @param mask height × width: 0.5 and more where the picture is to be made anew
	 * @return (1, channels, latent height, latent width)
	 * @throws InvalidInputException if the ControlNet has not the channels for it
	 */
	Tensor ofInpainting(final TensorScope scope, final Tensor control, final Tensor image, final float[] mask) {
		try (TensorScope inner = scope.inner()) {
			final Tensor mean = autoencoder.encode(inner, control, afterBlock).mean();
			final long[] shape = mean.shape();
			final int rows = (int) shape[2];
			final int columns = (int) shape[3];
			if (channels != 2 * shape[1] + 1) throw new InvalidInputException("This ControlNet takes " + channels +
				" channels; for inpainting one of " + (2 * shape[1] + 1) +
				" channels is needed (version 2.0 or later). Choose another ControlNet, or leave the mask away.");
			final float[] latents = autoencoder.fromAutoencoder(mean.toFloats());
			final float[] kept = kept(inner, image, mask);
			final float[] all = Arrays.copyOf(latents, channels * rows * columns);
			final int scale = (int) image.size(3) / columns;
			for (int i = 0; i < rows * columns; i++) {
				// the mask's pixel at each latent pixel's corner
				final int pixel = i / columns * scale * columns * scale + i % columns * scale;
				all[latents.length + i] = isKept(mask[pixel]) ? 1 : 0;
			}
			System.arraycopy(kept, 0, all, latents.length + rows * columns, kept.length);
			return scope.floats(all, 1, channels, rows, columns);
		}
	}

	private float[] kept(final TensorScope scope, final Tensor image, final float[] mask) {
		final float[] pixels = image.toFloats();
		if (pixels.length != 3 * mask.length) throw new InvalidInputException("The mask has " + mask.length +
			" pixels, but the image has " + pixels.length / 3 + ". Both must have the same size.");
		for (int i = 0; i < pixels.length; i++) {
			if (!isKept(mask[i % mask.length])) pixels[i] = 0;
		}
		return autoencoder.fromAutoencoder(autoencoder.encode(scope, scope.floats(pixels, image.shape()), afterBlock).mean()
			.toFloats());
	}

	private static boolean isKept(final float mask) {
		return mask < 0.5f;
	}
}
