package io.github.zimagefiji.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import io.github.zimagefiji.Sha256;

/**
 * Numbers that are drawn without an order: each follows from the recipe's seed, what it is for, and an index, by SHA-256 of
 * {@code zimage-dataset-1 PURPOSE SEED INDEX} in UTF-8, of which the first 8 bytes count, the highest first.
 */
final class Seeds {

	private final long seed;
	private final MessageDigest sha = Sha256.create();

	Seeds(final long seed) {
		this.seed = seed;
	}

	/** 64 even bits. */
	long bits(final String purpose, final long index) {
		final byte[] text = ("zimage-dataset-1 " + purpose + " " + seed + " " + index).getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.wrap(sha.digest(text)).getLong();
	}

	/** One of the numbers from 0 to {@code count - 1}. */
	int choice(final String purpose, final long index, final int count) {
		return (int) Long.remainderUnsigned(bits(purpose, index), count);
	}
}
