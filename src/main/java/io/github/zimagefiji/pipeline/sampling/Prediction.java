
package io.github.zimagefiji.pipeline.sampling;

import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.transformer.ControlNet;
import io.github.zimagefiji.model.transformer.OmniTransformer;
import io.github.zimagefiji.model.transformer.Transformer;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.sampling.PromptEmbeddings.Embedding;

/**
 * How velocities are predicted in one run: what is prepared once for all steps of all images.
 *
 * @param predictor for the whole image
 * @param positive refined caption of the prompt; null if the predictor knows it
 * @param negative refined caption of the negative prompt; null without guidance, or if the
 *          predictor knows it
 * @param control what a ControlNet adds; null without one
 */
public record Prediction(DenoisingLoop.Predictor predictor, Tensor positive, Tensor negative,
		ControlNet.Condition control)
{

	/**
	 * Prepares the transformer as text-to-image models have it.
	 *
	 * @param prompts one piece each
	 * @param control what a ControlNet adds; null without one
	 */
	public static Prediction plain(final TensorScope scope, final Transformer transformer,
		final List<List<Embedding>> prompts, final ControlNet.Condition control,
		final LatentTiles tiles, final Runnable afterBlock)
	{
		final List<Tensor> captions = prompts.stream()
			.map(pieces -> transformer.refineCaption(scope, features(scope, pieces.get(0)), afterBlock))
			.toList();
		return new Prediction(tiled(DenoisingLoop.predictor(transformer), tiles), captions.get(0),
			captions.size() > 1 ? captions.get(1) : null, control);
	}

	/** Prepares the Omni form. */
	public static Prediction omni(final TensorScope scope, final OmniTransformer transformer,
		final List<List<Embedding>> prompts, final List<OmniTransformer.Reference> references,
		final LatentTiles tiles, final Runnable afterBlock)
	{
		final List<OmniTransformer.Condition> conditions = prompts.stream()
			.map(pieces -> transformer.prepare(scope,
				pieces.stream().map(piece -> features(scope, piece)).toList(), references, afterBlock))
			.toList();
		return new Prediction(
			tiled(new OmniPredictor(transformer, List.of(new OmniPredictor.Prompts(conditions.get(0),
				conditions.size() > 1 ? conditions.get(1) : null))), tiles),
			null, null, null);
	}

	private static DenoisingLoop.Predictor tiled(final DenoisingLoop.Predictor predictor,
		final LatentTiles tiles)
	{
		return tiles.count() == 1 ? predictor : new TiledPredictor(predictor, tiles);
	}

	private static Tensor features(final TensorScope scope, final Embedding embedding) {
		return scope.floats(embedding.features(), embedding.tokens(), embedding.width());
	}

	/** One image on its way. */
	public DenoisingLoop.Group group(final float[] latents, final LatentShape shape) {
		return new DenoisingLoop.Group(latents, shape.axes(1), positive, negative, control);
	}
}
