package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.Stage;
import io.github.zimagefiji.engine.Tensor;
import io.github.zimagefiji.engine.TensorScope;
import io.github.zimagefiji.model.Autoencoder;
import io.github.zimagefiji.weights.Checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/** Turns final latents into images, whole or in tiles as planned. */
final class ImageDecoder {

	/** Part of a tile that overlaps the next one, as in the reference. */
	private static final double OVERLAP = 0.25;

	private final Pipeline pipeline;
	private final LatentShape shape;
	private final MemoryPlan plan;

	ImageDecoder(final Pipeline pipeline, final LatentShape shape, final MemoryPlan plan) {
		this.pipeline = pipeline;
		this.shape = shape;
		this.plan = plan;
	}

	/** Network blocks that one image takes. */
	int blocks() {
		final int step = (int) (plan.tile() * (1 - OVERLAP));
		final int tiles = plan.tile() == 0 ? 1 : ((shape.rows() + step - 1) / step) * ((shape.columns() + step - 1) / step);
		return tiles * Autoencoder.decoderBlocks(pipeline.model().autoencoder());
	}

	/**
	 * Decodes all images.
	 *
	 * @param latents (images, channels, rows, columns) as the transformer knows them
	 * @param provenance of each image
	 */
	List<GeneratedImage> decode(final float[] latents, final RunProgress progress, final double perBlock,
		final IntFunction<Provenance> provenance)
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
			final int scale = pipeline.model().autoencoder().downscale();
			images.add(new GeneratedImage(shape.columns() * scale, shape.rows() * scale, samples, provenance.apply(i)));
		}
		return images;
	}

	private float[] decode(final Autoencoder autoencoder, final float[] latents, final Runnable afterBlock) {
		try (TensorScope scope = pipeline.engine().scope()) {
			final Tensor input = scope.floats(autoencoder.toAutoencoder(latents), shape.axes(1));
			final Tensor pixels = plan.tile() == 0 ? autoencoder.decode(scope, input, afterBlock) : autoencoder.decodeTiled(
				scope, input, plan.tile(), OVERLAP, afterBlock);
			final float[] samples = pixels.toFloats();
			for (int i = 0; i < samples.length; i++) {
				samples[i] = samples[i] / 2 + 0.5f;
			}
			return samples;
		}
	}
}
