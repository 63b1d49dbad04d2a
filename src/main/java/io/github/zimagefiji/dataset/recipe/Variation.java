
package io.github.zimagefiji.dataset.recipe;

/**
 * What is varied between the objects of an image after it was generated.
 *
 * @param brightness the factor by which an object's light above the background is multiplied, 0.05
 *          to 1; one is drawn for each object
 */
public record Variation(Range brightness) {

	/** @throws RecipeValueException if the factors are missing or out of range */
	public Variation {
		if (brightness == null) throw new RecipeValueException("variation",
			"The section \"variation\" has no \"brightness\". Give the factors for the light of objects, such as [0.4, 1].");
		// an object that vanishes would keep its label
		brightness.check("brightness", 0.05, 1);
	}

	/**
	 * @throws RecipeValueException if a workflow has no labels that tell objects apart
	 */
	void check(final Workflow workflow) {
		if (!workflow.hasLabels()) throw new RecipeValueException("variation", "The workflow \"" +
			workflow.label() +
			"\" has no labels that tell objects apart. Leave the section \"variation\" out, or choose another workflow.");
	}
}
