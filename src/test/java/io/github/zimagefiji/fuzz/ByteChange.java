
package io.github.zimagefiji.fuzz;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Changes bytes: single ones, numbers of both orders, whole blocks. */
final class ByteChange {

	/** Headers lie at the beginning, where most changes are made. */
	private static final int HEADER = 256;
	private static final int MOST_CHANGES = 4;
	private static final int MOST_LENGTH = 300_000;
	private static final long[] NUMBERS = { 0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 63, 64, 127, 128,
		255, 256, 1023, 4096, 32767, 32768, 65535, 65536, 0xFFFFFF, 0x1000000, 0x7FFFFFFF, 0x80000000L,
		0xFFFFFFFFL, 0x100000000L, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2 };

	private final Random random;

	ByteChange(final Random random) {
		this.random = random;
	}

	/** Changed bytes, perhaps with a part of others. */
	byte[] change(final byte[] bytes, final byte[] others) {
		byte[] changed = bytes.clone();
		final int changes = 1 + random.nextInt(MOST_CHANGES);
		for (int i = 0; i < changes && changed.length > 0; i++)
			changed = changeOnce(changed, others);
		return changed;
	}

	/** A number that is at the edge of something. */
	long number() {
		return NUMBERS[random.nextInt(NUMBERS.length)];
	}

	private byte[] changeOnce(final byte[] bytes, final byte[] others) {
		final int at = place(bytes.length);
		switch (random.nextInt(10)) {
			case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
			case 2 -> bytes[at] = (byte) random.nextInt(256);
			case 3, 4, 5 -> put(bytes, at);
			case 6 -> {
				return Arrays.copyOf(bytes, place(bytes.length));
			}
			case 7 -> {
				return Arrays.copyOf(bytes, Math.min(MOST_LENGTH, bytes.length + 1 + random.nextInt(1000)));
			}
			case 8 -> {
				if (others.length == 0) break;
				final int from = random.nextInt(others.length);
				final int length =
					Math.min(1 + random.nextInt(64), Math.min(others.length - from, bytes.length - at));
				System.arraycopy(others, from, bytes, at, length);
			}
			default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(64)),
				(byte) (random.nextBoolean() ? 0 : 0xFF));
		}
		return bytes;
	}

	private int place(final int length) {
		return random.nextInt(random.nextInt(4) > 0 ? Math.min(length, HEADER) : length);
	}

	private void put(final byte[] bytes, final int at) {
		final ByteBuffer number = ByteBuffer.allocate(8)
			.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
		final int width = 1 << random.nextInt(4);
		switch (width) {
			case 1 -> number.put((byte) number());
			case 2 -> number.putShort((short) number());
			case 4 -> number.putInt((int) number());
			default -> number.putLong(number());
		}
		System.arraycopy(number.array(), 0, bytes, at, Math.min(width, bytes.length - at));
	}
}
