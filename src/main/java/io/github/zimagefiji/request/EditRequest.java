
package io.github.zimagefiji.request;

import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A request that follows an instruction about one or more reference images; needs an Omni or Edit
 * model. The prompt is the instruction.
 *
 * @param text instruction and sampling; width and height null for those of the last image; no
 *          explicit latents
 * @param images the reference images, in the order in which the instruction counts them
 * @param reference whether to do exactly what the reference's pipeline does: images are cut to
 *          multiples of 16 in their middle; in the normal mode they are padded, and what was added
 *          is cut off the result
 */
public record EditRequest(TextToImageRequest text, List<InputImage> images, boolean reference)
		implements GenerationRequest
{

	/** Most reference images. */
	public static final int MOST_IMAGES = 16;

	/** @throws InvalidInputException if there is no image or too many */
	public EditRequest {
		images = List.copyOf(images);
		ImageToImageRequest.checkNoLatents(text);
		if (images.isEmpty())
			throw new InvalidInputException("There is no image to edit. Give at least one.");
		if (images.size() > MOST_IMAGES) throw new InvalidInputException(
			"There are " + images.size() + " images; at most " + MOST_IMAGES + " can be used together.");
	}

	/** A request in the normal mode. */
	public EditRequest(final TextToImageRequest text, final List<InputImage> images) {
		this(text, images, false);
	}

	@Override
	public EditRequest withText(final TextToImageRequest newText) {
		return new EditRequest(newText, images, reference);
	}

	@Override
	public Task task() {
		return Task.EDIT;
	}
}
