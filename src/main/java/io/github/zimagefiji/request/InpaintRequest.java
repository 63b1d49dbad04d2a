
package io.github.zimagefiji.request;

import java.util.List;
import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A request that paints a part of an image anew. Pixels outside the mask come back as they were, to
 * the bit.
 *
 * @param text prompt and sampling; width and height are the image's and must be null; no explicit
 *          latents
 * @param image the image
 * @param mask where to paint, of the image's size; in the reference's mode of any size
 * @param strength how much is changed there: above 0 up to 1 (nothing of what was there is kept)
 * @param feather pixels inside the mask's edge over which old and new are mixed; 0 for a hard edge
 * @param tiling how images beyond the model's size are computed
 * @param reference whether to do exactly what the reference's pipeline does: image and mask are
 *          resized to multiples of 16, and what the autoencoder makes of the rest is not replaced
 *          by the image's own pixels
 */
public record InpaintRequest(TextToImageRequest text, InputImage image, InputMask mask,
		double strength, int feather, Tiling tiling, boolean reference) implements GenerationRequest
{

	/** What the reference uses. */
	public static final double DEFAULT_STRENGTH = 1;

	/** Widest edge in pixels. */
	public static final int WIDEST_FEATHER = 256;

	/**
	 * @throws InvalidInputException if a value is out of range, or mask and image differ in size
	 */
	public InpaintRequest {
		Objects.requireNonNull(image, "image");
		Objects.requireNonNull(tiling, "tiling");
		ImageToImageRequest.checkText(text);
		ImageToImageRequest.checkStrength(strength);
		if (!reference) mask.checkFits(image);
		checkFeather(feather);
		if (reference) ImageToImageRequest.checkReference(tiling);
	}

	/**
	 * A request in the normal mode that paints everything within the mask anew, with a hard edge.
	 */
	public InpaintRequest(final TextToImageRequest text, final InputImage image,
		final InputMask mask)
	{
		this(text, image, mask, DEFAULT_STRENGTH, 0, Tiling.AUTO, false);
	}

	@Override
	public InpaintRequest withText(final TextToImageRequest newText) {
		return new InpaintRequest(newText, image, mask, strength, feather, tiling, reference);
	}

	@Override
	public List<String> cautions() {
		return mask.cautions();
	}

	@Override
	public Task task() {
		return Task.INPAINT;
	}

	/**
	 * Refuses what is no feather.
	 *
	 * @throws InvalidInputException outside 0 to {@value #WIDEST_FEATHER}
	 */
	public static void checkFeather(final int feather) {
		if (feather < 0 || feather > WIDEST_FEATHER) throw new InvalidInputException(
			"The feather is " + feather + " pixels; it must be between 0 and " + WIDEST_FEATHER + ".");
	}
}
