
package io.github.zimagefiji.dataset.scene;

import java.util.Random;

/**
 * Streams of random numbers. {@link Random}'s algorithm is laid down in its documentation, so that
 * every Java draws the same; of its methods only those are used whose formulas stand there.
 */
final class SceneRandom {

	private SceneRandom() {
		// only of()
	}

	/** A separate stream for each seed and number. */
	static Random of(final long seed, final int stream) {
		// the generator keeps 48 bits, so all 64 are mixed into them first
		// (finalizer of SplitMix64)
		long z = seed + stream * 0x9e3779b97f4a7c15L;
		z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
		z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
		return new Random(z ^ z >>> 31);
	}
}
