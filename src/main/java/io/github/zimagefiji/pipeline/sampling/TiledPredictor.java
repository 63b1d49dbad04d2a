
package io.github.zimagefiji.pipeline.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.ControlNet;

/**
 * Predicts an image beyond the model's size tile by tile, and blends what is predicted where tiles
 * overlap (MultiDiffusion, arXiv 2302.08113, equation 5). All tiles share one image's noise and
 * step together, so that neighbours agree on what they show.
 */
final class TiledPredictor implements DenoisingLoop.Predictor {

	private final DenoisingLoop.Predictor predictor;
	private final LatentTiles tiles;
	private final List<float[]> weights;
	/** Sum of all tiles' weights at each place. */
	private final float[] total;

	/** @param predictor for single tiles */
	TiledPredictor(final DenoisingLoop.Predictor predictor, final LatentTiles tiles) {
		this.predictor = predictor;
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
	public List<Tensor> predict(final TensorScope scope, final List<DenoisingLoop.Input> inputs,
		final float time, final Runnable afterBlock)
	{
		final List<float[]> sums =
			inputs.stream().map(input -> new float[input.group().latents().length]).toList();
		for (int tile = 0; tile < tiles.count(); tile++) {
			try (TensorScope own = scope.inner()) {
				final List<Tensor> predicted =
					predictor.predict(own, cut(own, inputs, tile), time, afterBlock);
				for (int i = 0; i < sums.size(); i++) {
					tiles.add(predicted.get(i).toFloats(), weights.get(tile), tile, sums.get(i));
				}
			}
		}
		final List<Tensor> result = new ArrayList<>();
		for (int i = 0; i < sums.size(); i++) {
			final float[] sum = sums.get(i);
			for (int j = 0; j < sum.length; j++) {
				sum[j] /= total[j % total.length];
			}
			result.add(scope.floats(sum, inputs.get(i).group().shape()));
		}
		return result;
	}

	private List<DenoisingLoop.Input> cut(final TensorScope scope,
		final List<DenoisingLoop.Input> inputs, final int tile)
	{
		return inputs.stream().map(input -> {
			final DenoisingLoop.Group whole = input.group();
			final float[] latents = tiles.cut(whole.latents(), tile);
			final long[] shape = tiles.tile().axes((int) whole.shape()[0]);
			final DenoisingLoop.Group part = new DenoisingLoop.Group(latents, shape, whole.positive(),
				whole.negative(), cut(scope, whole.control(), tile));
			return new DenoisingLoop.Input(part, input.index(), input.negative(),
				scope.floats(latents, shape));
		}).toList();
	}

	private ControlNet.Condition cut(final TensorScope scope, final ControlNet.Condition control,
		final int tile)
	{
		if (control == null) return null;
		final Tensor picture = scope.floats(tiles.cut(control.picture().toFloats(), tile),
			control.picture().size(0), control.picture().size(1), tiles.rows(), tiles.columns());
		return new ControlNet.Condition(control.network(), picture, control.scale());
	}
}
