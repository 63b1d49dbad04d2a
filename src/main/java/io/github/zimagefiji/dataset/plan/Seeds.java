
package io.github.zimagefiji.dataset.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;

import io.github.zimagefiji.io.Sha256;

/**
 * Numbers that are drawn without an order: each follows from the recipe's seed, what it is for, and
 * an index, by SHA-256 of {@code zimage-dataset-1 PURPOSE SEED INDEX} in UTF-8, of which the first
 * 8 bytes count, the highest first. Threads may share it.
 */
public final class Seeds {

	private final long seed;
	private final MessageDigest sha = Sha256.create();
	private final byte[] sum = new byte[sha.getDigestLength()];
	/** By what they are for; plans of many items ask millions of times. */
	private final Map<String, byte[]> beginnings = new HashMap<>();
	private final byte[] digits = new byte[20];

	public Seeds(final long seed) {
		this.seed = seed;
	}

	/**
	 * 64 even bits.
	 *
	 * @param index 0 or more
	 */
	public synchronized long bits(final String purpose, final long index) {
		sha.update(beginnings.computeIfAbsent(purpose, this::beginning));
		addDecimal(index);
		try {
			sha.digest(sum, 0, sum.length);
		}
		catch (final DigestException e) {
			throw new IllegalStateException(e); // there is room for it
		}
		return ByteBuffer.wrap(sum).getLong();
	}

	private void addDecimal(final long number) {
		int at = digits.length;
		long rest = number;
		do {
			digits[--at] = (byte) ('0' + rest % 10);
			rest /= 10;
		}
		while (rest > 0);
		sha.update(digits, at, digits.length - at);
	}

	private byte[] beginning(final String purpose) {
		return ("zimage-dataset-1 " + purpose + " " + seed + " ").getBytes(StandardCharsets.UTF_8);
	}

	/** One of the numbers from 0 to {@code count - 1}. */
	public int choice(final String purpose, final long index, final int count) {
		return (int) Long.remainderUnsigned(bits(purpose, index), count);
	}
}
