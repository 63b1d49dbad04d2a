
package io.github.zimagefiji.model.transformer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;
import io.github.zimagefiji.weights.singlefile.SingleFile;

/**
 * A ControlNet as downloaded, opened and checked against a transformer: a folder with
 * {@code config.json} and weights, or a single file of weights, whose config follows from its
 * tensors as in the reference (single_file_utils.py).
 *
 * @param config its measures
 * @param weights none of them loaded yet
 */
public record ControlNetFile(ControlNetConfig config, Checkpoint weights) {

	/** As many control layers as version 2.0 and 2.1 have; version 1.0 has 6. */
	private static final int MANY_BLOCKS = 15;

	/**
	 * Opens a folder or a file.
	 *
	 * @param transformer of the model that it is to control
	 * @throws InvalidInputException if it is no ControlNet, or made for another model
	 */
	public static ControlNetFile open(final Path place, final TransformerConfig transformer) {
		if (!Files.exists(place)) throw new InvalidInputException("There is no ControlNet " + place +
			". Choose a folder with config.json and weights, or a .safetensors file.");
		final boolean folder = Files.isDirectory(place);
		final Checkpoint weights = folder ? Checkpoint.open(place) : SingleFile.controlNet(place);
		final ControlNetConfig config =
			folder ? ControlNetConfig.read(place.resolve("config.json")) : infer(weights, transformer);
		ControlNet.check(config, weights, transformer);
		return new ControlNetFile(config, weights);
	}

	private static ControlNetConfig infer(final Checkpoint weights,
		final TransformerConfig transformer)
	{
		final String embedder = ControlNetShapes.embedder("2-1") + ".weight";
		if (!weights.has(embedder))
			throw new InvalidInputException(weights.place() + " is not a ControlNet for Z-Image: it " +
				"has no tensor " + embedder + ". Choose another file.");
		final long[] shape = weights.entry(embedder).shape();
		final int blocks = count(weights, ControlNetShapes.LAYERS);
		final int refinerLayers = count(weights, ControlNetShapes.REFINER);
		if (shape.length != 2 || blocks == 0 || blocks > transformer.layers())
			throw new InvalidInputException("The ControlNet " + weights.place() +
				" does not fit this model: it has " + blocks + " control layers, the model has " +
				transformer.layers() + " layers. Choose a ControlNet made for this model.");
		final int channels = (int) (shape[1] / 4);
		final ControlNetConfig.Refinement refinement =
			refinement(weights, transformer, channels, blocks);
		// All that have been published are spaced evenly: every fifth layer of 30,
		// every second, every tenth.
		final int step = (transformer.layers() + blocks - 1) / blocks;
		final boolean plain = refinement == ControlNetConfig.Refinement.PLAIN;
		return new ControlNetConfig(IntStream.range(0, blocks).mapToObj(i -> i * step).toList(),
			refinement,
			plain ? List.of() : IntStream.range(0, transformer.refinerLayers()).boxed().toList(),
			channels, (int) shape[0], refinement == ControlNetConfig.Refinement.SHARED
				? transformer.refinerLayers() : refinerLayers,
			transformer.heads(), transformer.normEps());
	}

	private static int count(final Checkpoint weights, final String prefix) {
		int count = 0;
		while (weights.has(prefix + count + ".attention.to_q.weight")) {
			count++;
		}
		return count;
	}

	/**
	 * Version 2.0 was trained with its control layers as refiner, by a slip of its authors, so that
	 * the refiner blocks beside them stayed as they had been initialized: their first projection is
	 * zero, or was left out. In version 2.1 those blocks are the refiner.
	 *
	 * @see <a href=
	 *      "https://github.com/huggingface/diffusers/blob/main/src/diffusers/loaders/single_file_utils.py">
	 *      infer_diffusers_model_type</a>
	 */
	private static ControlNetConfig.Refinement refinement(final Checkpoint weights,
		final TransformerConfig transformer, final int channels, final int blocks)
	{
		final String projection = ControlNetShapes.REFINER + "0.before_proj.weight";
		if (!weights.has(projection)) return isPlain(weights, transformer, channels, blocks)
			? ControlNetConfig.Refinement.PLAIN : ControlNetConfig.Refinement.SHARED;
		final TensorEntry entry = weights.entry(projection);
		// One of another shape will be refused with its shape: it need not be read.
		final boolean fits =
			Arrays.equals(entry.shape(), new long[] { transformer.width(), transformer.width() });
		return fits && weights.isZero(entry) ? ControlNetConfig.Refinement.SHARED
			: ControlNetConfig.Refinement.OWN;
	}

	/**
	 * Whether it is of version 1.0: its refiner blocks project nothing, it takes a picture and
	 * nothing else, and it has a block for every fifth layer.
	 */
	private static boolean isPlain(final Checkpoint weights, final TransformerConfig transformer,
		final int channels, final int blocks)
	{
		return weights.has(ControlNetShapes.REFINER + "0.attention.to_q.weight") &&
			!weights.has(ControlNetShapes.REFINER + "0.after_proj.weight") &&
			channels == transformer.channels() && blocks < MANY_BLOCKS;
	}
}
