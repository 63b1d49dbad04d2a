package io.github.zimagefiji.weights;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Where a tensor lies and what it looks like; none of its numbers.
 *
 * @param name such as {@code layers.0.attention.to_q.weight}
 * @param type number format of its elements
 * @param shape extents, outermost first; empty for a single number; copied on the way in and out
 * @param file the file that holds it
 * @param position offset of its first byte from the beginning of the file; not aligned to anything
 * @param byteCount its length in bytes: {@link #elementCount()} times {@link StoredType#bytes()}
 */
public record TensorEntry(String name, StoredType type, long[] shape, Path file, long position, long byteCount) {

	public TensorEntry {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(file, "file");
		shape = shape.clone();
	}

	@Override
	public long[] shape() {
		return shape.clone();
	}

	/** The number of elements: the product of the shape, 1 for an empty shape. */
	public long elementCount() {
		return byteCount / type.bytes();
	}

	/** The same tensor under another name. */
	TensorEntry named(final String other) {
		return new TensorEntry(other, type, shape, file, position, byteCount);
	}

	/** Some rows of a matrix, under its name. */
	TensorEntry rows(final long first, final long count) {
		final long row = byteCount / shape[0];
		return new TensorEntry(name, type, new long[] { count, shape[1] }, file, position + first * row, count * row);
	}

	@Override
	public boolean equals(final Object other) {
		if (!(other instanceof TensorEntry)) return false;
		final TensorEntry that = (TensorEntry) other;
		return name.equals(that.name) && type == that.type && Arrays.equals(shape, that.shape) && file.equals(
			that.file) && position == that.position && byteCount == that.byteCount;
	}

	@Override
	public int hashCode() {
		return Objects.hash(name, file, position);
	}

	@Override
	public String toString() {
		return name + " " + type + " " + Arrays.toString(shape) + " at " + position + " of " + file;
	}
}
