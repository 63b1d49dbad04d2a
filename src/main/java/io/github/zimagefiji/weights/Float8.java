
package io.github.zimagefiji.weights;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import io.github.zimagefiji.error.EngineFailedException;

/**
 * Numbers of 8 bits, all of which bfloat16 holds exactly.
 *
 * @see <a href="https://arxiv.org/abs/2209.05433">arXiv 2209.05433</a>, table 1
 */
public final class Float8 {

	private static final int CODES = 256;
	private static final int CHUNK = 1 << 16;

	private Float8() {
		// only static methods
	}

	/**
	 * The number that a code stands for.
	 *
	 * @param type {@link StoredType#F8_E4M3}, which has NaN but no infinities, or
	 *          {@link StoredType#F8_E5M2}
	 * @param code 0 to 255
	 */
	static float value(final StoredType type, final int code) {
		final int mantissaBits = type == StoredType.F8_E4M3 ? 3 : 2;
		final int bias = type == StoredType.F8_E4M3 ? 7 : 15;
		final int exponent = (code & 0x7F) >> mantissaBits;
		final int mantissa = code & (1 << mantissaBits) - 1;
		final float sign = code < 0x80 ? 1 : -1;
		if (type == StoredType.F8_E4M3 && (code & 0x7F) == 0x7F) return Float.NaN;
		if (type == StoredType.F8_E5M2 && exponent == 31)
			return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
		if (exponent == 0) return sign * Math.scalb((float) mantissa, 1 - bias - mantissaBits);
		return sign *
			Math.scalb((float) (mantissa + (1 << mantissaBits)), exponent - bias - mantissaBits);
	}

	/**
	 * Widens a tensor, without its scale.
	 *
	 * @param codes the tensor's bytes
	 * @return a direct buffer of bfloat16 numbers in the machine's own byte order
	 * @throws EngineFailedException if there is not enough memory
	 */
	public static ByteBuffer toBfloat16(final TensorEntry entry, final ByteBuffer codes) {
		final short[] table = new short[CODES];
		for (int code = 0; code < CODES; code++) {
			table[code] = (short) (Float.floatToIntBits(value(entry.type(), code)) >>> 16);
		}
		final ByteBuffer wide = allocate(entry);
		final byte[] from = new byte[Math.min(CHUNK, codes.remaining())];
		final short[] to = new short[from.length];
		while (codes.hasRemaining()) {
			final int count = Math.min(from.length, codes.remaining());
			codes.get(from, 0, count);
			for (int i = 0; i < count; i++) {
				to[i] = table[from[i] & 0xFF];
			}
			wide.asShortBuffer().put(to, 0, count);
			wide.position(wide.position() + count * Short.BYTES);
		}
		return wide.flip();
	}

	private static ByteBuffer allocate(final TensorEntry entry) {
		try {
			return ByteBuffer.allocateDirect(Math.multiplyExact(Short.BYTES, (int) entry.byteCount()))
				.order(ByteOrder.nativeOrder());
		}
		catch (final OutOfMemoryError | ArithmeticException e) {
			throw new EngineFailedException("There is not enough memory to widen the tensor \"" +
				entry.name() + "\" of " + entry.file() +
				" to 16 bits. Raise Java's limit with -XX:MaxDirectMemorySize, or use a model stored as BF16.",
				e);
		}
	}
}
