
package io.github.zimagefiji.model;

import java.util.Arrays;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.weights.Checkpoint;

/** What the tensors of a network say about its config. */
public final class InferredConfig {

	/**
	 * Larger than any extent of a published model, and small enough for their products.
	 */
	private static final long MOST = 1 << 24;
	private static final int MOST_LAYERS = 1000;

	private final Checkpoint weights;
	private final String kind;

	/** @param kind what the network should be, without an article */
	public InferredConfig(final Checkpoint weights, final String kind) {
		this.weights = weights;
		this.kind = kind;
	}

	/**
	 * One extent of a tensor.
	 *
	 * @param axes how many the tensor must have
	 * @throws InvalidInputException if there is no such tensor
	 */
	public int extent(final String tensor, final int axes, final int axis) {
		if (!weights.has(tensor)) throw new InvalidInputException(
			weights.place() + " is not a whole " + kind + ": it has no tensor " + tensor +
				", under whatever name. Choose another file, or download it again.");
		final long[] shape = weights.entry(tensor).shape();
		if (shape.length != axes || shape[axis] < 1 || shape[axis] > MOST)
			throw new InvalidInputException(weights.place() + " is not a " + kind + ": its tensor " +
				tensor + " has the shape " + Arrays.toString(shape) + ". Choose another file.");
		return (int) shape[axis];
	}

	/**
	 * A quotient without a rest.
	 *
	 * @throws InvalidInputException if there is a rest
	 */
	public int quotient(final int number, final int divisor, final String what) {
		if (number % divisor == 0) return number / divisor;
		throw new InvalidInputException(
			"The " + what + " of " + weights.place() + " do not follow from its tensors (" + number +
				" is no multiple of " + divisor + "). Name its config.json in the combination file too.");
	}

	/** How many blocks PREFIX0, PREFIX1, … there are; at least one. */
	public int count(final String prefix) {
		int count = 0;
		while (count < MOST_LAYERS && hasBlock(prefix + count + ".")) {
			count++;
		}
		if (count > 0) return count;
		throw new InvalidInputException(
			weights.place() + " is not a whole " + kind + ": it has no tensors " + prefix +
				"0, under whatever name. Choose another file, or download it again.");
	}

	private boolean hasBlock(final String prefix) {
		return weights.entries().keySet().stream().anyMatch(name -> name.startsWith(prefix));
	}
}
