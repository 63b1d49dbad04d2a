
package io.github.zimagefiji.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;
import io.github.zimagefiji.weights.TensorEntry;

/**
 * The tensors that a network's config asks for, checked against its files before any native call.
 */
public final class ExpectedShapes {

	private final Map<String, long[]> shapes = new LinkedHashMap<>();

	public ExpectedShapes add(final String name, final long... shape) {
		shapes.put(name, shape);
		return this;
	}

	/** A linear layer's weight (out, in) and, if it has one, its bias (out). */
	public ExpectedShapes linear(final String name, final long out, final long in,
		final boolean bias)
	{
		add(name + ".weight", out, in);
		return bias ? add(name + ".bias", out) : this;
	}

	/** A square convolution's weight (out, in, side, side) and bias (out). */
	public ExpectedShapes conv(final String name, final long out, final long in, final long side) {
		return add(name + ".weight", out, in, side, side).add(name + ".bias", out);
	}

	/** A norm's weight and bias. */
	public ExpectedShapes affine(final String name, final long channels) {
		return add(name + ".weight", channels).add(name + ".bias", channels);
	}

	/** Names of all tensors asked for. */
	public List<String> names() {
		return List.copyOf(shapes.keySet());
	}

	/**
	 * Checks that every tensor is there, has its shape and a type that can be used.
	 *
	 * @param prefixes of names of which every tensor must have been asked for: more layers than the
	 *          config says, or a bias that it does not know, would change what the network computes
	 * @throws InvalidInputException naming the first that is wrong
	 */
	public void check(final Checkpoint checkpoint, final String... prefixes) {
		shapes.forEach((name, shape) -> {
			final TensorEntry entry = checkpoint.entry(name);
			if (!Arrays.equals(entry.shape(), shape))
				throw new InvalidInputException("The tensor " + name + " in " + entry.file() +
					" has the shape " + Arrays.toString(entry.shape()) + ", but config.json asks for " +
					Arrays.toString(shape) + ". The files do not belong together; download the model again.");
			if (!entry.type().isSupportedWeight()) throw new InvalidInputException("The tensor " + name +
				" in " + entry.file() + " is stored as " + entry.type() + "; F32, F16 or BF16 is needed.");
		});
		checkpoint.entries().forEach((name, entry) -> {
			if (!shapes.containsKey(name) && Arrays.stream(prefixes).anyMatch(name::startsWith))
				throw new InvalidInputException("The tensor " + name + " in " + entry.file() +
					" has no place in a model with this config.json. The files do not belong together; download the model again.");
		});
	}
}
