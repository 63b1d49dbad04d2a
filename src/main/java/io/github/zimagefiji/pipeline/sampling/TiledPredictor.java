
package io.github.zimagefiji.pipeline.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;

/**
 * Predicts an image beyond the model's size tile by tile, and blends what is predicted where tiles
 * overlap (MultiDiffusion, arXiv 2302.08113, equation 5). All tiles share one image's noise and
 * step together, so that neighbours agree on what they show.
 */
final class TiledPredictor implements Predictor {

	private final List<Predictor> predictors;
	private final LatentTiles tiles;
	private final List<float[]> weights;
	/** Sum of all tiles' weights at each place. */
	private final float[] total;

	/** @param predictors one for each tile */
	TiledPredictor(final List<Predictor> predictors, final LatentTiles tiles) {
		this.predictors = predictors;
		this.tiles = tiles;
		weights = IntStream.range(0, tiles.count()).mapToObj(tiles::weight).toList();
		total = new float[tiles.shape().rows() * tiles.shape().columns()];
		final float[] ones = new float[tiles.rows() * tiles.columns()];
		Arrays.fill(ones, 1);
		for (int i = 0; i < tiles.count(); i++) {
			tiles.add(ones, weights.get(i), i, total);
		}
	}

	@Override
	public List<Tensor> predict(final TensorScope scope, final Tensor latents, final float time,
		final boolean guided, final Runnable afterBlock)
	{
		final float[] whole = latents.toFloats();
		final List<float[]> sums = new ArrayList<>();
		for (int i = 0; i < (guided ? 2 : 1); i++) {
			sums.add(new float[whole.length]);
		}
		final long[] axes = tiles.tile().axes((int) latents.size(0));
		for (int tile = 0; tile < tiles.count(); tile++) {
			try (TensorScope own = scope.inner()) {
				final List<Tensor> predicted = predictors.get(tile).predict(own,
					own.floats(tiles.cut(whole, tile), axes), time, guided, afterBlock);
				for (int i = 0; i < sums.size(); i++) {
					tiles.add(predicted.get(i).toFloats(), weights.get(tile), tile, sums.get(i));
				}
			}
		}
		final List<Tensor> result = new ArrayList<>();
		for (final float[] sum : sums) {
			for (int j = 0; j < sum.length; j++) {
				sum[j] /= total[j % total.length];
			}
			result.add(scope.floats(sum, latents.shape()));
		}
		return result;
	}
}
