
package io.github.zimagefiji.engine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;

/**
 * Owns every tensor made in it, and frees them all when it is closed. To be used in
 * try-with-resources; what must outlive it is moved out by {@link #moveHere}.
 */
public final class TensorScope implements AutoCloseable {

	private final TorchEngine engine;
	private final PtNDManager manager;

	TensorScope(final TorchEngine engine, final PtNDManager manager) {
		this.engine = engine;
		this.manager = manager;
	}

	PtNDManager manager() {
		return manager;
	}

	/** The engine whose memory the tensors lie in. */
	public TorchEngine engine() {
		return engine;
	}

	/** A scope inside this one; it is closed with it at the latest. */
	public TensorScope inner() {
		return new TensorScope(engine, (PtNDManager) manager.newSubManager());
	}

	/**
	 * A float32 tensor with a copy of some values.
	 *
	 * @throws IllegalArgumentException if the shape holds another number of values
	 */
	public Tensor floats(final float[] values, final long... shape) {
		final ByteBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, 4))
			.order(ByteOrder.nativeOrder());
		buffer.asFloatBuffer().put(values);
		return onDevice(wrap(buffer, TensorType.FLOAT32, shape));
	}

	/** A one-axis int64 tensor with a copy of some values. */
	public Tensor longs(final long... values) {
		final ByteBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, 8))
			.order(ByteOrder.nativeOrder());
		buffer.asLongBuffer().put(values);
		return onDevice(wrap(buffer, TensorType.INT64, values.length));
	}

	/**
	 * A tensor in the processor's memory that sees a direct buffer's bytes without a copy. Read-only
	 * buffers, mapped files among them, must never be the target of an in-place operation: that ends
	 * the process.
	 *
	 * @param buffer little-endian values, row-major
	 * @throws IllegalArgumentException if the buffer is not direct, or not as long as the shape says
	 */
	public Tensor wrap(final ByteBuffer buffer, final TensorType type, final long... shape) {
		final long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
		if (!buffer.isDirect() || count * type.bytes() != buffer.remaining())
			throw new IllegalArgumentException("a direct buffer of " + count * type.bytes() +
				" bytes is needed, not of " + buffer.remaining());
		final PtNDArray carrier = (PtNDArray) manager
			.create(buffer.slice().order(ByteOrder.nativeOrder()), new Shape(shape), type.carrier());
		if (type != TensorType.BFLOAT16) return new Tensor(carrier);
		final Tensor view = engine.tensors().run(this, "as_bfloat16", new Tensor(carrier));
		return new Tensor(view.array(), carrier);
	}

	/**
	 * A copy of a tensor in another type, on the engine's device; the tensor itself if it is that
	 * already.
	 */
	public Tensor convert(final Tensor tensor, final TensorType type) {
		return engine.tensors().run(this, "convert", tensor, (long) type.number(),
			engine.device().torchName());
	}

	/** Several tensors joined along the first axis. */
	public Tensor stack(final List<Tensor> parts) {
		return join(parts, 0);
	}

	/** Several tensors joined along one axis. */
	public Tensor join(final List<Tensor> parts, final int axis) {
		return engine.tensors().run(this, "concatenate", parts, (long) axis);
	}

	/**
	 * A tensor's numbers times a factor, in float32 and in its own memory, where the tensor is.
	 */
	public Tensor scaled(final Tensor tensor, final double factor) {
		return engine.tensors().run(this, "scaled", tensor, factor);
	}

	/** Takes a tensor over from the scope that made it. */
	public Tensor moveHere(final Tensor tensor) {
		tensor.attach(this);
		return tensor;
	}

	private Tensor onDevice(final Tensor tensor) {
		if (engine.device().isProcessor()) return tensor;
		final TensorType type = tensor.array().getDataType() == TensorType.INT64.carrier()
			? TensorType.INT64 : TensorType.FLOAT32;
		final Tensor moved = convert(tensor, type);
		tensor.close();
		return moved;
	}

	@Override
	public void close() {
		manager.close();
	}
}
