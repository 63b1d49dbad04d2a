
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
 * @param scale what the stored numbers are to be multiplied by; 1 except for scaled FP8
 */
public record TensorEntry(String name, StoredType type, long[] shape, Path file, long position,
		long byteCount, float scale)
{

	public TensorEntry {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(type, "type");
		Objects.requireNonNull(file, "file");
		shape = shape.clone();
	}

	/** A tensor whose stored numbers are its numbers. */
	public TensorEntry(final String name, final StoredType type, final long[] shape, final Path file,
		final long position, final long byteCount)
	{
		this(name, type, shape, file, position, byteCount, 1);
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
	public TensorEntry named(final String other) {
		return new TensorEntry(other, type, shape, file, position, byteCount, scale);
	}

	/** Some rows of a matrix, or numbers of a vector, under its name. */
	public TensorEntry rows(final long first, final long count) {
		final long row = byteCount / shape[0];
		final long[] fewer = shape.clone();
		fewer[0] = count;
		return new TensorEntry(name, type, fewer, file, position + first * row, count * row, scale);
	}

	/** The same bytes in another shape of as many elements. */
	public TensorEntry shaped(final long... other) {
		return new TensorEntry(name, type, other, file, position, byteCount, scale);
	}

	/** The same bytes, whose numbers are to be multiplied. */
	TensorEntry scaled(final float factor) {
		return new TensorEntry(name, type, shape, file, position, byteCount, factor);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof TensorEntry that && name.equals(that.name) && type == that.type &&
			Arrays.equals(shape, that.shape) && file.equals(that.file) && position == that.position &&
			byteCount == that.byteCount && scale == that.scale;
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
