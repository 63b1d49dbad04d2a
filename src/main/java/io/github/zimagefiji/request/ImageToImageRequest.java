
package io.github.zimagefiji.request;

import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A request that changes a whole image: its latents are made noisy, as {@code strength} says, and
 * denoised again (SDEdit, arXiv 2108.01073). The result has the image's size.
 *
 * @param text prompt and sampling; width and height are the image's and must be null; no explicit
 *          latents
 * @param image the image
 * @param strength how much is changed: above 0 (as good as nothing) up to 1 (nothing is kept)
 * @param tiling how images beyond the model's size are computed
 * @param reference whether to do exactly what the reference's pipeline does: the image is resized
 *          to multiples of 16
 */
public record ImageToImageRequest(TextToImageRequest text, InputImage image, double strength,
		Tiling tiling, boolean reference) implements GenerationRequest
{

	/** What the reference uses. */
	public static final double DEFAULT_STRENGTH = 0.6;

	/** @throws InvalidInputException if a value is out of range */
	public ImageToImageRequest {
		Objects.requireNonNull(image, "image");
		Objects.requireNonNull(tiling, "tiling");
		checkText(text);
		checkStrength(strength);
		if (reference) checkReference(tiling);
	}

	/** A request in the normal mode. */
	public ImageToImageRequest(final TextToImageRequest text, final InputImage image,
		final double strength)
	{
		this(text, image, strength, Tiling.AUTO, false);
	}

	@Override
	public ImageToImageRequest withText(final TextToImageRequest newText) {
		return new ImageToImageRequest(newText, image, strength, tiling, reference);
	}

	@Override
	public Task task() {
		return Task.IMAGE_TO_IMAGE;
	}

	static void checkText(final TextToImageRequest text) {
		if (text.width() != null || text.height() != null) throw new InvalidInputException(
			"A width or height is given, but the result has the size of the image. Leave them out, or resize the image.");
		checkNoLatents(text);
	}

	static void checkNoLatents(final TextToImageRequest text) {
		if (text.latents() != null) throw new InvalidInputException(
			"Starting latents are given, but this run makes its own from an image. Leave them out.");
	}

	/**
	 * Refuses what is no strength.
	 *
	 * @throws InvalidInputException outside (0, 1]
	 */
	public static void checkStrength(final double strength) {
		if (!(strength > 0 && strength <= 1)) throw new InvalidInputException("The strength is " +
			strength + "; it must be above 0 and at most 1. Small values keep most of the image.");
	}

	static void checkReference(final Tiling tiling) {
		if (!tiling.equals(Tiling.AUTO) && !tiling.equals(Tiling.OFF)) throw new InvalidInputException(
			"The reference computes images in one piece. Leave the tiles out, or the reference mode.");
	}
}
