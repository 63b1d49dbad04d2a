
package io.github.zimagefiji.pipeline.sampling;

/**
 * MT19937 (Matsumoto and Nishimura 1998, doi 10.1145/272991.272995). The JDK has no such generator,
 * and the libraries that have one seed it differently.
 */
final class MersenneTwister {

	private static final int SIZE = 624;
	private static final int SHIFT = 397;

	private final int[] state = new int[SIZE];
	private int index = SIZE;

	MersenneTwister(final int seed) {
		state[0] = seed;
		for (int i = 1; i < SIZE; i++) {
			state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
		}
	}

	/** The next 32 bits. */
	int next() {
		if (index == SIZE) refill();
		int y = state[index++];
		y ^= y >>> 11;
		y ^= y << 7 & 0x9d2c5680;
		y ^= y << 15 & 0xefc60000;
		return y ^ y >>> 18;
	}

	private void refill() {
		for (int i = 0; i < SIZE; i++) {
			final int y = state[i] & 0x80000000 | state[(i + 1) % SIZE] & 0x7fffffff;
			state[i] = state[(i + SHIFT) % SIZE] ^ y >>> 1 ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
		}
		index = 0;
	}
}
