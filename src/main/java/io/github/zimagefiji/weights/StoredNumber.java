
package io.github.zimagefiji.weights;

import java.nio.ByteBuffer;

import io.github.zimagefiji.io.HalfFloat;

/** Single numbers that are stored as tensors, of whatever type. */
public final class StoredNumber {

	private StoredNumber() {}

	/**
	 * Reads a tensor of one element.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it has more or none, or is of a
	 *           type that holds no real numbers
	 */
	public static double read(final Checkpoint file, final TensorEntry entry) {
		if (entry.elementCount() != 1)
			throw Refusal.damaged(file.place(), "the tensor \"" + entry.name() + "\" is not one number");
		final ByteBuffer bytes = file.read(entry);
		return entry.scale() * switch (entry.type()) {
			case F64 -> bytes.getDouble();
			case F32 -> bytes.getFloat();
			case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
			case F16 -> HalfFloat.toFloat(bytes.getShort());
			case F8_E4M3, F8_E5M2 -> Float8.value(entry.type(), bytes.get() & 0xFF);
			case I64 -> bytes.getLong();
			case I32 -> bytes.getInt();
			case I16 -> bytes.getShort();
			case I8 -> bytes.get();
			case U32 -> Integer.toUnsignedLong(bytes.getInt());
			case U16 -> Short.toUnsignedInt(bytes.getShort());
			case U8 -> Byte.toUnsignedInt(bytes.get());
			default -> throw Refusal.damaged(file.place(), "the tensor \"" + entry.name() +
				"\" is stored as " + entry.type() + ", which holds no such number");
		};
	}
}
