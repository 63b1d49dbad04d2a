
package io.github.zimagefiji.weights.writer;

import java.util.Arrays;
import java.util.Objects;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * A tensor of 32-bit numbers in memory.
 *
 * @param shape extents, outermost first; empty for a single number; copied on the way in and out
 * @param values row-major; not copied, since it may be large
 */
public record FloatTensor(long[] shape, float[] values) {

	/**
	 * @throws InvalidInputException if the shape does not fit the number of values
	 */
	public FloatTensor {
		Objects.requireNonNull(values, "values");
		shape = shape.clone();
		if (!fits(shape, values.length)) throw new InvalidInputException(
			"A tensor of shape " + Arrays.toString(shape) + " cannot have " + values.length + " values.");
	}

	@Override
	public long[] shape() {
		return shape.clone();
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof FloatTensor that && Arrays.equals(shape, that.shape) &&
			Arrays.equals(values, that.values);
	}

	@Override
	public int hashCode() {
		return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
	}

	@Override
	public String toString() {
		return "float32 " + Arrays.toString(shape);
	}

	private static boolean fits(final long[] shape, final int count) {
		long elements = 1;
		try {
			for (final long extent : shape) {
				if (extent < 0) return false;
				elements = Math.multiplyExact(elements, extent);
			}
		}
		catch (final ArithmeticException e) {
			return false;
		}
		return elements == count;
	}
}
