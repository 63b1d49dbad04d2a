
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;
import java.util.Objects;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.Labelled;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * What a dataset's images take over from real images, of which one is drawn for each item.
 *
 * @param images folder of the real images: TIFF or PNG of any size
 * @param as how they are used
 */
public record Style(Path images, @Key(usual = "colours") Use as) {

	/** How a real image is used. */
	public enum Use implements Labelled {

			/**
			 * Labels are drawn in its colours: the means of its objects and of what is beside them.
			 */
			COLOURS,
			/**
			 * The editing model sees it as the first of two pictures; the second is the rendering of the
			 * labels.
			 */
			PICTURE;
	}

	/** Both must be given. */
	public Style {
		Objects.requireNonNull(images, "images");
		Objects.requireNonNull(as, "as");
	}

	/** @throws WrongValueException if a workflow cannot use it */
	void check(final Workflow workflow) {
		if (workflow != Workflow.STYLE_EDIT && workflow != Workflow.IMAGE_TO_IMAGE)
			throw new WrongValueException("style",
				"The workflow \"" + workflow.label() +
					"\" has no use for the section \"style\". Leave it out, or choose style-edit " +
					"or image-to-image.");
		if (as == Use.PICTURE && workflow != Workflow.STYLE_EDIT) throw new WrongValueException("style",
			"Only the workflow \"style-edit\" gives real images to the model as pictures. Choose it, or use their colours.");
	}
}
