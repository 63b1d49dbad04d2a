
package io.github.zimagefiji.dataset.plan;

/**
 * A seeded order of the numbers from 0 to {@code size - 1} in which each place is found without the
 * others: a Feistel network of four rounds on the next larger power of four, walked until it is
 * inside (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002).
 */
public final class Shuffle {

	private static final int ROUNDS = 4;

	private final int size;
	private final int halfBits;
	private final long[] keys = new long[ROUNDS];

	public Shuffle(final Seeds seeds, final String purpose, final int size) {
		this.size = size;
		int bits = 1;
		while (1L << 2 * bits < size)
			bits++;
		halfBits = bits;
		for (int round = 0; round < ROUNDS; round++)
			keys[round] = seeds.bits(purpose + " order", round);
	}

	/** The place of a number; each place is taken once. */
	public int place(final int number) {
		long at = number;
		do {
			at = permute(at);
		}
		while (at >= size);
		return (int) at;
	}

	private long permute(final long number) {
		final long mask = (1L << halfBits) - 1;
		long left = number >>> halfBits;
		long right = number & mask;
		for (final long key : keys) {
			final long next = left ^ (mixed(right + key) & mask);
			left = right;
			right = next;
		}
		return left << halfBits | right;
	}

	/** The finalizer of SplitMix64. */
	private static long mixed(final long value) {
		long z = value * 0x9e3779b97f4a7c15L;
		z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
		z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
		return z ^ z >>> 31;
	}
}
