
package io.github.zimagefiji.model.transformer;

import java.util.ArrayList;
import java.util.List;

import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorMap;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.model.text.TextEncoder;
import io.github.zimagefiji.model.transformer.OmniGeometry.Grid;
import io.github.zimagefiji.model.vision.ImageEncoder;

/**
 * The Omni form of a {@link Transformer}: a caption in pieces and reference images, clean, beside
 * the noisy image that is to be made. It sees the transformer's weights and owns nothing.
 * <p>
 * As in {@link Transformer}, samples of one call may differ in everything and pass each block in
 * turn.
 * </p>
 */
public final class OmniTransformer {

	private final Transformer.Parts parts;
	private final TransformerConfig config;

	/**
	 * @param transformer stays open as long as this is used
	 * @throws InvalidInputException if it is not an Omni model's
	 */
	public OmniTransformer(final Transformer transformer) {
		parts = transformer.parts();
		config = parts.config();
		if (!config.isOmni()) throw new InvalidInputException(
			"This model cannot edit, since it was not made for reference images. Choose an Omni or Edit model.");
	}

	/**
	 * One reference image.
	 *
	 * @param latents (1, channels, height, width) as the transformer knows them
	 * @param features (rows, columns, feature width) from the {@link ImageEncoder}
	 */
	public record Reference(Tensor latents, Tensor features) {}

	/**
	 * What an image is made from; prepared once for all steps.
	 *
	 * @param caption (1, tokens, width): all pieces, refined together
	 * @param images (1, tokens, width) of each reference image, embedded
	 * @param features (1, tokens, width): what the image encoder saw of all, refined together; null
	 *          without references
	 * @param geometry where these tokens are
	 */
	public record Condition(Tensor caption, List<Tensor> images, Tensor features,
			OmniGeometry geometry)
	{}

	/**
	 * Refuses sizes that the model has no positions for.
	 *
	 * @param captionTokens real tokens of all pieces together
	 * @param latents (height, width) in latent pixels of the image to be made and of every reference
	 *          image
	 */
	public static void checkSize(final TransformerConfig config, final int captionTokens,
		final List<int[]> latents)
	{
		final List<Integer> lengths = config.axesLengths();
		for (int i = 0; i < latents.size(); i++) {
			// Features are placed by latent pixels, the image to be made (the first)
			// only by patches.
			final int unit = i == 0 ? config.patch() : 1;
			final int rows = latents.get(i)[0];
			final int columns = latents.get(i)[1];
			if (rows / unit > lengths.get(1) || columns / unit > lengths.get(2))
				throw new InvalidInputException(
					"The " + (i == 0 ? "image" : "reference image " + i) + " of " + columns * 8 + " × " +
						rows * 8 + " pixels is too large for this model, which knows positions up to " +
						lengths.get(2) * unit * 8 + " × " + lengths.get(1) * unit * 8 + " pixels there.");
		}
		// Padding of the last piece reaches less than one multiple beyond its end.
		if (captionTokens + 2 * latents.size() + TokenGeometry.MULTIPLE > lengths.get(0))
			throw new InvalidInputException("The prompt of " + captionTokens +
				" tokens is too long for this model, which knows positions up to " + lengths.get(0) +
				". Shorten it.");
	}

	/** Blocks that one sample runs through in {@link #predict}, for progress. */
	public static int blocks(final TransformerConfig config) {
		return Transformer.blocks(config);
	}

	/** Blocks that {@link #prepare} runs, for progress. */
	public static int preparingBlocks(final TransformerConfig config, final int references) {
		return (references > 0 ? 2 : 1) * config.refinerLayers();
	}

	/**
	 * Embeds caption and references, and refines what does not depend on the time.
	 *
	 * @param scope owns the result
	 * @param pieces (tokens, caption width) each, from the {@link TextEncoder}: one without
	 *          references, else two more than there are references
	 * @param references the reference images, in the order of the pieces around them
	 * @param afterBlock called after each block; may throw to stop
	 */
	public Condition prepare(final TensorScope scope, final List<Tensor> pieces,
		final List<Reference> references, final Runnable afterBlock)
	{
		final int needed = references.isEmpty() ? 1 : references.size() + 2;
		if (pieces.size() != needed)
			throw new IllegalArgumentException(needed + " pieces are needed, not " + pieces.size());
		final OmniGeometry geometry = new OmniGeometry(
			pieces.stream().map(p -> (int) p.size(0)).toList(),
			references.stream().map(r -> new Grid((int) r.latents().size(2), (int) r.latents().size(3)))
				.toList(),
			references.stream().map(r -> new Grid((int) r.features().size(0), (int) r.features().size(1)))
				.toList(),
			config.patch());
		try (TensorScope inner = scope.inner()) {
			final Tensor caption =
				refine(inner,
					join(inner, pieces.stream()
						.map(p -> run(inner, "embed_caption", p, parts.embedders(), config.normEps())).toList(),
						1),
					geometry.captionPositions(), parts.contextRefiner(), afterBlock);
			final List<Tensor> images =
				references.stream().map(r -> embedImage(scope, r.latents())).toList();
			final Tensor features =
				references.isEmpty() ? null : features(inner, references, geometry, afterBlock);
			return new Condition(scope.moveHere(caption), images,
				features == null ? null : scope.moveHere(features), geometry);
		}
	}

	private Tensor features(final TensorScope scope, final List<Reference> references,
		final OmniGeometry geometry, final Runnable afterBlock)
	{
		final List<Tensor> tokens = new ArrayList<>();
		references.forEach(r -> tokens
			.add(run(scope, "embed_features", r.features(), parts.embedders(), config.normEps())));
		tokens.add(run(scope, "missing_features", parts.embedders()));
		return refine(scope, join(scope, tokens, 1), geometry.featurePositions(),
			parts.featureRefiner(), afterBlock);
	}

	private Tensor refine(final TensorScope scope, final Tensor tokens, final List<int[]> positions,
		final List<TensorMap> blocks, final Runnable afterBlock)
	{
		Tensor x = tokens;
		try (Tensor angles = angles(scope, positions)) {
			for (final TensorMap block : blocks) {
				final Tensor next =
					run(scope, "plain_block", x, angles, block, (long) config.heads(), config.normEps());
				x.close();
				x = next;
				afterBlock.run();
			}
		}
		return x;
	}

	/**
	 * What is to be predicted.
	 *
	 * @param latents (batch, channels, height, width) of the image that is made, float32
	 * @param condition from {@link OmniTransformer#prepare}, shared by the batch
	 * @param time 0 (noise) to 1 (image)
	 */
	public record Sample(Tensor latents, Condition condition, float time) {}

	/**
	 * Predicts the velocity of each sample.
	 *
	 * @param scope owns the results
	 * @param afterBlock called after each block of each sample; may throw to stop
	 * @return for each sample (batch, channels, height, width), float32, as the network gives it: the
	 *         pipeline negates it
	 */
	public List<Tensor> predict(final TensorScope scope, final List<Sample> samples,
		final Runnable afterBlock)
	{
		try (TensorScope inner = scope.inner()) {
			final List<Stream> streams =
				samples.stream().map(sample -> new Stream(inner, sample)).toList();
			for (final TensorMap block : parts.noiseRefiner()) {
				streams.forEach(stream -> stream.pass(block, afterBlock));
			}
			streams.forEach(Stream::joinCondition);
			for (final TensorMap block : parts.layers()) {
				streams.forEach(stream -> stream.pass(block, afterBlock));
			}
			return streams.stream().map(stream -> scope.moveHere(stream.prediction())).toList();
		}
	}

	/** One sample on its way through the blocks. */
	private final class Stream {

		private final TensorScope scope;
		private final Sample sample;
		private final OmniGeometry geometry;
		private final Grid target;
		private final Tensor conditioning;
		private Tensor noisy;
		private Tensor angles;
		private Tensor x;

		Stream(final TensorScope scope, final Sample sample) {
			this.scope = scope;
			this.sample = sample;
			geometry = sample.condition().geometry();
			target = new Grid((int) sample.latents().size(2), (int) sample.latents().size(3));
			final float scale = (float) config.timeScale();
			try (Tensor times = scope.floats(new float[] { sample.time() * scale, scale }, 2)) {
				conditioning = run(scope, "embed_timestep", times, parts.embedders());
			}
			final List<Tensor> images = new ArrayList<>(sample.condition().images());
			images.add(embedImage(scope, sample.latents()));
			x = join(scope, images, sample.latents().size(0));
			noisy = scope.longs(geometry.noisyImages(target));
			angles = angles(scope, geometry.imagePositions(target));
		}

		void pass(final TensorMap block, final Runnable afterBlock) {
			replace(run(scope, "omni_block", x, noisy, conditioning, angles, block, (long) config.heads(),
				config.normEps()));
			afterBlock.run();
		}

		void joinCondition() {
			final Condition condition = sample.condition();
			final List<Tensor> all = new ArrayList<>(List.of(condition.caption(), x));
			if (condition.features() != null) all.add(condition.features());
			replace(join(scope, all, sample.latents().size(0)));
			final List<int[]> positions = new ArrayList<>(geometry.captionPositions());
			positions.addAll(geometry.imagePositions(target));
			positions.addAll(geometry.featurePositions());
			angles.close();
			noisy.close();
			angles = angles(scope, positions);
			noisy = scope.longs(geometry.noisy(target));
		}

		private void replace(final Tensor next) {
			x.close();
			x = next;
		}

		Tensor prediction() {
			return run(scope, "omni_predict", x, (long) geometry.firstTargetToken(), conditioning,
				parts.embedders(), "all_final_layer." + Transformer.PATCH, (long) config.patch(),
				(long) target.rows(), (long) target.columns());
		}
	}

	private Tensor embedImage(final TensorScope scope, final Tensor latents) {
		return run(scope, "embed_image", latents, parts.embedders(),
			"all_x_embedder." + Transformer.PATCH, (long) config.patch());
	}

	private Tensor join(final TensorScope scope, final List<Tensor> tokens, final long batch) {
		return run(scope, "tokens", tokens, batch);
	}

	private Tensor angles(final TensorScope scope, final List<int[]> positions) {
		return scope.floats(parts.rotary().angles(positions), positions.size(), config.headWidth() / 2,
			2);
	}

	private Tensor run(final TensorScope scope, final String method, final Object... arguments) {
		return parts.program().run(scope, method, arguments);
	}
}
