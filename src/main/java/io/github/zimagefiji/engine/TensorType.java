
package io.github.zimagefiji.engine;

import ai.djl.ndarray.types.DataType;

/** Element types of tensors, with libtorch's numbers for them. */
public enum TensorType {

		FLOAT32(6, 4, DataType.FLOAT32), FLOAT16(5, 2, DataType.FLOAT16),
		/**
		 * Unknown to DJL's Java layer; its bits are carried as {@link #FLOAT16} and seen anew by a
		 * program.
		 */
		BFLOAT16(15, 2, DataType.FLOAT16), INT64(4, 8, DataType.INT64);

	private final int number;
	private final int bytes;
	private final DataType carrier;

	TensorType(final int number, final int bytes, final DataType carrier) {
		this.number = number;
		this.bytes = bytes;
		this.carrier = carrier;
	}

	/** Bytes of one element. */
	public int bytes() {
		return bytes;
	}

	/** libtorch's {@code c10::ScalarType}. */
	int number() {
		return number;
	}

	DataType carrier() {
		return carrier;
	}
}
