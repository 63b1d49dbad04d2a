
package io.github.zimagefiji.dataset.recipe;

/**
 * How images are sampled.
 *
 * @param width pixels, a multiple of 16
 * @param height pixels, a multiple of 16
 * @param steps sampling steps; null as the model needs
 * @param guidance null as the model needs
 * @param strength of image-to-image and inpainting, above 0 to 1
 * @param feather pixels inside a mask's edge over which old and new are mixed
 */
public record Sampling(int width, int height, Integer steps, Double guidance, double strength,
		int feather)
{

	/** @throws RecipeValueException if a value is out of range */
	public Sampling {
		side("width", width);
		side("height", height);
		if (steps != null) RecipeValueException.check("steps", steps, 1, 1000);
		if (guidance != null) RecipeValueException.check("guidance", guidance, 0, 100);
		if (!(strength > 0)) throw new RecipeValueException("strength",
			"\"strength\" is " + strength + "; it must be above 0 and at most 1.");
		RecipeValueException.check("strength", strength, 0, 1);
		RecipeValueException.check("feather", feather, 0, 256);
	}

	private static void side(final String key, final int pixels) {
		RecipeValueException.check(key, pixels, 16, 16384);
		if (pixels % 16 != 0) throw new RecipeValueException(key, "\"" + key + "\" is " + pixels +
			"; it must be a multiple of 16, such as " + Math.max(16, (pixels + 8) / 16 * 16) + ".");
	}
}
