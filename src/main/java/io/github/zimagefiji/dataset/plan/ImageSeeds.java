
package io.github.zimagefiji.dataset.plan;

/**
 * The seeds of one item's attempts. PyTorch's generator uses 32 bits; so each number of 32 bits is
 * given once before any is given again: the count of all attempts before, mixed by a bijection (the
 * finalizer of MurmurHash3).
 *
 * @param start what the recipe's seed gives
 * @param first the number of the item's first attempt among those of all items
 */
public record ImageSeeds(int start, long first) {

	/** The seed of an attempt, 0 to 2^32 - 1. */
	public long of(final int attempt) {
		int h = (int) (first + attempt) ^ start;
		h = (h ^ h >>> 16) * 0x85ebca6b;
		h = (h ^ h >>> 13) * 0xc2b2ae35;
		return (h ^ h >>> 16) & 0xffffffffL;
	}
}
