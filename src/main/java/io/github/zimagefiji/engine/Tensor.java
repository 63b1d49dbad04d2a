
package io.github.zimagefiji.engine;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;

/**
 * An opaque handle of a tensor in native memory. It lives as long as the {@link TensorScope} that
 * made it, or until it is closed.
 */
public final class Tensor implements AutoCloseable {

	private final PtNDArray array;
	// A reinterpreted view does not own the memory under it, so whoever holds the
	// view must hold the carrier.
	private final @Nullable PtNDArray carrier;

	Tensor(final PtNDArray array) {
		this(array, null);
	}

	Tensor(final PtNDArray array, final @Nullable PtNDArray carrier) {
		this.array = array;
		this.carrier = carrier;
	}

	PtNDArray array() {
		return array;
	}

	/** Sizes of the axes, slowest first. */
	public long[] shape() {
		return array.getShape().getShape();
	}

	/** Size of one axis; negative axes count from the end. */
	public long size(final int axis) {
		final long[] shape = shape();
		return shape[axis < 0 ? shape.length + axis : axis];
	}

	/**
	 * Copies a float32 tensor's values to Java, row-major.
	 *
	 * @throws IllegalStateException if it is of another type
	 */
	public float[] toFloats() {
		if (array.getDataType() != TensorType.FLOAT32.carrier())
			throw new IllegalStateException("not a float32 tensor: " + this);
		return array.toFloatArray();
	}

	@Override
	public void close() {
		array.close();
		if (carrier != null) carrier.close();
	}

	/** Whether its memory has been given back. */
	public boolean isClosed() {
		return array.isReleased();
	}

	void attach(final TensorScope scope) {
		for (final NDArray part : carrier == null ? new NDArray[] { array }
			: new NDArray[] { array, carrier })
		{
			part.attach(scope.manager());
		}
	}

	@Override
	public String toString() {
		return isClosed() ? "Tensor (closed)" : "Tensor " + Arrays.toString(shape());
	}
}
