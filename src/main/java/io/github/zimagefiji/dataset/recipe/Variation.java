
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

/**
 * What is varied between the objects of an image after it was generated.
 *
 * @param brightness the factor by which an object's light above the background is multiplied, 0.05
 *          to 1; one is drawn for each object
 */
public record Variation(@Key(usual = Key.NOTHING, least = 0.05, most = 1) Range brightness) {

	/** @throws WrongValueException if the factors are missing or out of range */
	public Variation {
		if (brightness == null) throw new WrongValueException("variation",
			"The section \"variation\" has no \"brightness\". Give the factors for the light of objects, such as [0.4, 1].");
		// an object that vanishes would keep its label
		RecordCodec.check(Variation.class, brightness);
	}

	/**
	 * @throws WrongValueException if a workflow has no labels that tell objects apart
	 */
	void check(final Workflow workflow) {
		if (!workflow.hasLabels()) throw new WrongValueException("variation", "The workflow \"" +
			workflow.label() +
			"\" has no labels that tell objects apart. Leave the section \"variation\" out, or choose another workflow.");
	}
}
