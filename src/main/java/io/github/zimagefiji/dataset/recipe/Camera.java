
package io.github.zimagefiji.dataset.recipe;

/**
 * Optics and camera that an image passes, as the model of EMVA 1288 has it: blur; photons with
 * Poisson noise; electrons with Gaussian noise; grey values of 16 bits.
 *
 * @param blur standard deviation of the point spread function, pixels; 0 for none
 * @param photons electrons that the brightest pixel gives
 * @param background electrons that every pixel has besides
 * @param readNoise standard deviation, electrons
 * @param gain grey values for each electron
 * @param offset grey value of no light
 */
public record Camera(double blur, double photons, double background, double readNoise, double gain,
		double offset)
{

	/** @throws RecipeValueException if a value is out of range */
	public Camera {
		RecipeValueException.check("blur", blur, 0, 100);
		RecipeValueException.check("photons", photons, 1, 1e6);
		RecipeValueException.check("background", background, 0, 1e6);
		RecipeValueException.check("read-noise", readNoise, 0, 1e4);
		RecipeValueException.check("gain", gain, 1e-3, 1e4);
		RecipeValueException.check("offset", offset, 0, 60000);
	}
}
