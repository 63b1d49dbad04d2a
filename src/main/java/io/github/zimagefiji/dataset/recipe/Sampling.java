
package io.github.zimagefiji.dataset.recipe;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

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
public record Sampling(
		@Key(value = "size.width", usual = "128", least = 16, most = 16384) int width,
		@Key(value = "size.height", usual = "128", least = 16, most = 16384) int height,
		@Key(value = "sampling.steps", usual = Key.NOTHING, least = 1, most = 1000) Integer steps,
		@Key(value = "sampling.guidance", usual = Key.NOTHING, least = 0, most = 100) Double guidance,
		@Key(value = "sampling.strength", usual = "0.6", least = 0, most = 1) double strength,
		@Key(value = "sampling.feather", usual = "0", least = 0, most = 256) int feather)
{

	/** @throws WrongValueException if a value is out of range */
	public Sampling {
		RecordCodec.check(Sampling.class, width, height, steps, guidance, strength, feather);
		side("width", width);
		side("height", height);
		if (!(strength > 0)) throw new WrongValueException("strength",
			"\"strength\" is " + strength + "; it must be above 0 and at most 1.");
	}

	private static void side(final String key, final int pixels) {
		if (pixels % 16 != 0) throw new WrongValueException(key, "\"" + key + "\" is " + pixels +
			"; it must be a multiple of 16, such as " + Math.max(16, (pixels + 8) / 16 * 16) + ".");
	}
}
