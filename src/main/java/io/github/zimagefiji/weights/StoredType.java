
package io.github.zimagefiji.weights;

import java.util.Optional;

import io.github.zimagefiji.engine.TensorType;

/**
 * The number formats of the safetensors format, named as in its headers. Formats with less than 8
 * bits per element are not known here.
 *
 * @see <a href="https://github.com/huggingface/safetensors">the safetensors format</a>
 */
public enum StoredType {

		/** 32-bit IEEE 754. */
		F32(4),
		/** 16-bit IEEE 754. */
		F16(2),
		/** The upper half of a 32-bit IEEE 754 number. */
		BF16(2),
		/** 64-bit IEEE 754. */
		F64(8),
		/** Two 32-bit IEEE 754 numbers, real and imaginary part. */
		C64(8),
		/** 64-bit signed integer. */
		I64(8),
		/** 32-bit signed integer. */
		I32(4),
		/** 16-bit signed integer. */
		I16(2),
		/** 8-bit signed integer. */
		I8(1),
		/** 64-bit unsigned integer. */
		U64(8),
		/** 32-bit unsigned integer. */
		U32(4),
		/** 16-bit unsigned integer. */
		U16(2),
		/** 8-bit unsigned integer. */
		U8(1),
		/** One byte, 0 or 1. */
		BOOL(1),
		/**
		 * 8-bit floating point, 4 exponent and 3 mantissa bits, without infinities
		 * ({@code float8_e4m3fn}).
		 */
		F8_E4M3(1),
		/** 8-bit floating point, 5 exponent and 2 mantissa bits. */
		F8_E5M2(1),
		/** 8-bit power of two, a scale. */
		F8_E8M0(1);

	private final int bytes;

	StoredType(final int bytes) {
		this.bytes = bytes;
	}

	/** Bytes of one element. */
	public int bytes() {
		return bytes;
	}

	/**
	 * Whether networks can be computed from weights of this format: F32, F16, BF16 and, widened when
	 * loaded, FP8.
	 */
	public boolean isSupportedWeight() {
		return isEngineType() || isFloat8();
	}

	/** Whether the engine computes with this format: F32, F16 and BF16. */
	public boolean isEngineType() {
		return this == F32 || this == F16 || this == BF16;
	}

	/**
	 * Whether this is one of the two 8-bit formats with a sign: F8_E4M3 and F8_E5M2.
	 */
	public boolean isFloat8() {
		return this == F8_E4M3 || this == F8_E5M2;
	}

	/** Whether the highest bit is a sign, so that -0 is another code than 0. */
	boolean hasSignBit() {
		return isSupportedWeight() || this == F64;
	}

	/** What {@link #isEngineType the engine's formats} are called there. */
	public TensorType tensorType() {
		return switch (this) {
			case F32 -> TensorType.FLOAT32;
			case F16 -> TensorType.FLOAT16;
			case BF16 -> TensorType.BFLOAT16;
			default -> throw new IllegalStateException("not a weight: " + this);
		};
	}

	/** Finds a format by its name in a header; empty if it is not known. */
	static Optional<StoredType> named(final String label) {
		for (final StoredType type : values()) {
			if (type.name().equals(label)) return Optional.of(type);
		}
		return Optional.empty();
	}
}
