
package io.github.zimagefiji.request;

import java.util.List;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * What can be asked of a model, as plain data: a prompt and how to sample, and whatever pictures
 * the result starts from.
 */
public sealed interface GenerationRequest permits TextToImageRequest, ImageToImageRequest,
		InpaintRequest, OutpaintRequest, ControlRequest, EditRequest
{

	/** Prompt, sampling, seeds and LoRAs. */
	TextToImageRequest text();

	/**
	 * The same request with another prompt, sampling or seed.
	 *
	 * @throws InvalidInputException if they do not go together
	 */
	GenerationRequest withText(TextToImageRequest text);

	/**
	 * What the user should know of the request although it can be run, in whole sentences, such as
	 * that its mask covers the whole image; empty if there is nothing to say.
	 */
	default List<String> cautions() {
		return List.of();
	}

	/** What kind of request it is. */
	Task task();
}
