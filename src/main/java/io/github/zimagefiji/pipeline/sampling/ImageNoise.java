
package io.github.zimagefiji.pipeline.sampling;

import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.model.Bfloat16;

/**
 * The noise of runs that start from an image. Their pipelines draw it in the type of the prompt's
 * embeddings, while text-to-image always draws float32; PyTorch draws bfloat16 as float32, rounded.
 *
 * @param random one image's generator, of which everything is drawn: first the posterior, then the
 *          start
 * @param type of the weights
 */
public record ImageNoise(TorchRandom random, TensorType type) {

	/** The next standard normal numbers. */
	float[] draw(final int count) {
		final float[] values = random.normal(count);
		return type == TensorType.BFLOAT16 ? Bfloat16.round(values) : values;
	}
}
