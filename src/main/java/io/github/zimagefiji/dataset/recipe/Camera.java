
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

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
public record Camera(@Key(usual = "0", least = 0, most = 100) double blur,
		@Key(usual = "1000", least = 1, most = 1e6) double photons,
		@Key(usual = "0", least = 0, most = 1e6) double background,
		@Key(usual = "2", least = 0, most = 1e4) double readNoise,
		@Key(usual = "1", least = 1e-3, most = 1e4) double gain,
		@Key(usual = "100", least = 0, most = 60000) double offset)
{

	/** @throws WrongValueException if a value is out of range */
	public Camera {
		RecordCodec.check(Camera.class, blur, photons, background, readNoise, gain, offset);
	}
}
