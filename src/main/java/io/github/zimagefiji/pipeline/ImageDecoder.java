
package io.github.zimagefiji.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.autoencoder.Autoencoder;
import io.github.zimagefiji.pipeline.picture.Canvas;
import io.github.zimagefiji.pipeline.picture.LatentShape;
import io.github.zimagefiji.pipeline.picture.PasteBack;
import io.github.zimagefiji.pipeline.sampling.NumberCheck;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.weights.Checkpoint;

/**
 * Turns final latents into images, whole or in tiles as planned, and cuts and composes them as the
 * request wants.
 */
final class ImageDecoder {

	/** Part of a tile that overlaps the next one, as in the reference. */
	static final double OVERLAP = 0.25;

	private final Pipeline pipeline;
	private final LatentShape shape;
	private final Canvas canvas;
	private final MemoryPlan memory;
	/** Puts images into another one; null if they stand for themselves. */
	private final PasteBack composition;

	ImageDecoder(final Pipeline pipeline, final RunPlan plan, final MemoryPlan memory) {
		this.pipeline = pipeline;
		this.memory = memory;
		composition = plan.kind().pasteBack();
		shape = plan.shape();
		canvas = plan.canvas();
	}

	/**
	 * Decodes all images.
	 *
	 * @param latents (images, channels, rows, columns) as the transformer knows them
	 * @param provenance of each image
	 */
	List<GeneratedImage> decode(final float[] latents, final RunProgress progress,
		final double perBlock, final IntFunction<Provenance> provenance)
	{
		progress.enter(Stage.DECODE, "opening the autoencoder");
		final Autoencoder autoencoder = pipeline.components().autoencoder(progress.work(0));
		final List<GeneratedImage> images = new ArrayList<>();
		final Checkpoint weights = pipeline.model().autoencoderWeights();
		final int count = latents.length / shape.size();
		for (int i = 0; i < count; i++) {
			progress.enter(Stage.DECODE, count > 1 ? "image " + (i + 1) + " of " + count : "");
			final float[] one = Arrays.copyOfRange(latents, i * shape.size(), (i + 1) * shape.size());
			weights.checkUnchanged();
			final float[] samples = decode(autoencoder, one, progress.work(perBlock, weights));
			NumberCheck.pixels(samples, pipeline.precision());
			final float[] wanted = canvas.cut(samples);
			images.add(new GeneratedImage(canvas.wantedWidth(), canvas.wantedHeight(),
				composition == null ? wanted : composition.compose(wanted), provenance.apply(i)));
		}
		return images;
	}

	private float[] decode(final Autoencoder autoencoder, final float[] latents,
		final Runnable afterBlock)
	{
		try (TensorScope scope = pipeline.engine().scope()) {
			final Tensor input = scope.floats(autoencoder.toAutoencoder(latents), shape.axes(1));
			final Tensor pixels = memory.tile() == 0 ? autoencoder.decode(scope, input, afterBlock)
				: autoencoder.decodeTiled(scope, input, memory.tile(), OVERLAP, afterBlock);
			final float[] samples = pixels.toFloats();
			for (int i = 0; i < samples.length; i++) {
				samples[i] = samples[i] / 2 + 0.5f;
			}
			return samples;
		}
	}
}
