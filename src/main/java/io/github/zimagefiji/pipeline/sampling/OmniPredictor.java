
package io.github.zimagefiji.pipeline.sampling;

import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.OmniTransformer;

/**
 * Predicts with an Omni model.
 *
 * @param transformer of the model
 * @param prompts one for each group of images
 */
public record OmniPredictor(OmniTransformer transformer, List<Prompts> prompts)
		implements DenoisingLoop.Predictor
{

	/**
	 * What a group of images is made from.
	 *
	 * @param positive instruction and reference images
	 * @param negative what to avoid, with the same reference images; null without guidance
	 */
	public record Prompts(OmniTransformer.Condition positive, OmniTransformer.Condition negative) {}

	@Override
	public List<Tensor> predict(final TensorScope scope, final List<DenoisingLoop.Input> inputs,
		final float time, final Runnable afterBlock)
	{
		return transformer.predict(scope, inputs.stream().map(input -> {
			final Prompts of = prompts.get(input.index());
			return new OmniTransformer.Sample(input.latents(),
				input.negative() ? of.negative() : of.positive(), time);
		}).toList(), afterBlock);
	}
}
