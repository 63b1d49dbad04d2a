
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Labelled;

/** How labels become an image. */
public enum Workflow implements Labelled {

		/** A ControlNet follows the labels. */
		CONTROL,
		/** A plain rendering of the labels is made noisy and denoised again. */
		IMAGE_TO_IMAGE,
		/** Objects are painted into a background, within their labels. */
		INPAINT,
		/**
		 * Labels of real images are moved, scaled, removed and duplicated with their pixels, and gaps
		 * are painted over.
		 */
		REAL_EDIT,
		/**
		 * An editing model follows an instruction, the prompt, about a plain rendering of the labels.
		 */
		STYLE_EDIT,
		/** From the prompt alone: such images have no ground truth. */
		TEXT_ONLY;

	/** Whether images come with labels. */
	public boolean hasLabels() {
		return this != TEXT_ONLY;
	}
}
