
package io.github.zimagefiji.pipeline.sampling;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.transformer.Transformer;

/**
 * What predicts velocities: a transformer, with all that it is told beside the latents.
 */
@FunctionalInterface
public interface Predictor {

	/**
	 * Predicts the velocity of latents.
	 *
	 * @param scope owns the results
	 * @param latents (images, channels, rows, columns)
	 * @param time 0 (noise) to 1 (image)
	 * @param guided whether it is predicted with the negative prompt too
	 * @param afterBlock called after each block of each prompt; may throw to stop
	 * @return with the prompt, then with the negative one if guided, each like the latents, as the
	 *         network gives it: the loop negates it
	 */
	List<Tensor> predict(TensorScope scope, Tensor latents, float time, boolean guided,
		Runnable afterBlock);

	/**
	 * The transformer as text-to-image models have it.
	 *
	 * @param positive refined caption of the prompt
	 * @param negative refined caption of the negative prompt; null without guidance
	 * @param control what a ControlNet adds, to both prompts alike; null for nothing
	 */
	static Predictor of(final Transformer transformer, final Tensor positive, final Tensor negative,
		final ControlNet.Condition control)
	{
		return (scope, latents, time, guided, afterBlock) -> transformer.predict(scope,
			prompts(positive, negative, guided)
				.map(caption -> new Transformer.Sample(latents, caption, time, control)).toList(),
			afterBlock);
	}

	/**
	 * The Omni form.
	 *
	 * @param positive instruction and reference images
	 * @param negative what to avoid, with the same reference images; null without guidance
	 */
	static Predictor of(final OmniTransformer transformer, final OmniTransformer.Condition positive,
		final OmniTransformer.Condition negative)
	{
		return (scope, latents, time, guided, afterBlock) -> transformer.predict(scope,
			prompts(positive, negative, guided)
				.map(condition -> new OmniTransformer.Sample(latents, condition, time)).toList(),
			afterBlock);
	}

	private static <T> Stream<T> prompts(final T positive, final T negative, final boolean guided) {
		return guided ? Stream.of(positive, negative) : Stream.of(positive);
	}

	/** The same tile by tile; itself if there is one tile only. */
	default Predictor tiled(final LatentTiles tiles) {
		return tiles.count() == 1 ? this
			: new TiledPredictor(IntStream.range(0, tiles.count()).mapToObj(i -> this).toList(), tiles);
	}

	/**
	 * A transformer tile by tile, with each tile's part of the picture that a ControlNet follows.
	 *
	 * @param scope owns the parts
	 */
	static Predictor tiled(final TensorScope scope, final LatentTiles tiles,
		final Transformer transformer, final Tensor positive, final Tensor negative,
		final ControlNet.Condition control)
	{
		if (control == null || tiles.count() == 1)
			return of(transformer, positive, negative, control).tiled(tiles);
		final Tensor whole = control.picture();
		final float[] planes = whole.toFloats();
		return new TiledPredictor(IntStream.range(0, tiles.count()).mapToObj(i -> {
			final Tensor picture = scope.floats(tiles.cut(planes, i), whole.size(0), whole.size(1),
				tiles.rows(), tiles.columns());
			return of(transformer, positive, negative,
				new ControlNet.Condition(control.network(), picture, control.scale()));
		}).toList(), tiles);
	}
}
