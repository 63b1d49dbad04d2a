
package io.github.zimagefiji.request;

import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A request that extends an image by borders. The image's own pixels come back as they were, to the
 * bit.
 *
 * @param text prompt and sampling; width and height follow from image and borders and must be null;
 *          no explicit latents
 * @param image the image
 * @param left pixels added at the left; 0 or more
 * @param right pixels added at the right
 * @param top pixels added at the top
 * @param bottom pixels added at the bottom
 * @param tiling how images beyond the model's size are computed
 * @param reference whether the reference's inpainting pipeline is followed exactly on the extended
 *          image
 */
public record OutpaintRequest(TextToImageRequest text, InputImage image, int left, int right,
		int top, int bottom, Tiling tiling, boolean reference) implements GenerationRequest
{

	/** Widest border in pixels. */
	public static final int WIDEST_BORDER = 16384;

	/** @throws InvalidInputException if a border is negative, or all are 0 */
	public OutpaintRequest {
		Objects.requireNonNull(image, "image");
		Objects.requireNonNull(tiling, "tiling");
		ImageToImageRequest.checkText(text);
		checkBorder("left", left);
		checkBorder("right", right);
		checkBorder("top", top);
		checkBorder("bottom", bottom);
		if (left + right + top + bottom == 0) throw new InvalidInputException(
			"All borders are 0, so there is nothing to paint. Give at least one of left, right, top and bottom.");
		if (reference) ImageToImageRequest.checkReference(tiling);
	}

	/**
	 * Refuses what is no border.
	 *
	 * @throws InvalidInputException outside 0 to {@value #WIDEST_BORDER}
	 */
	public static void checkBorder(final String name, final int pixels) {
		if (pixels < 0 || pixels > WIDEST_BORDER) throw new InvalidInputException("The border on the " +
			name + " is " + pixels + " pixels; it must be between 0 and " + WIDEST_BORDER + ".");
	}

	/** Width of the result in pixels. */
	public int width() {
		return left + image.width() + right;
	}

	/** Height of the result in pixels. */
	public int height() {
		return top + image.height() + bottom;
	}

	@Override
	public OutpaintRequest withText(final TextToImageRequest newText) {
		return new OutpaintRequest(newText, image, left, right, top, bottom, tiling, reference);
	}

	@Override
	public Task task() {
		return Task.OUTPAINT;
	}
}
