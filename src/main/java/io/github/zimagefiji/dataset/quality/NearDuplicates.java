
package io.github.zimagefiji.dataset.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import io.github.zimagefiji.dataset.recipe.Split;

/**
 * Finds images of different scenes or sources that hardly differ: whose thumbnails correlate by
 * more than 0.98. Up to 3000 images, every pair is compared; beyond that each with the 64 that come
 * after it in four orders (along fixed random directions), which may miss some.
 */
public final class NearDuplicates {

	/**
	 * Two images that hardly differ.
	 *
	 * @param first name
	 * @param second name
	 * @param correlation of their thumbnails
	 * @param acrossSplits whether they lie in different splits, where one would tell about the other
	 */
	public record Pair(String first, String second, double correlation, boolean acrossSplits) {}

	/**
	 * All pairs together.
	 *
	 * @param count how many there are
	 * @param acrossSplits how many of them lie in different splits
	 * @param first at most {@value #MOST_NAMED} of them: where all images are alike, there are too
	 *          many to keep
	 */
	public record Found(long count, long acrossSplits, List<Pair> first) {}

	private record Entry(int number, String name, Split split, int group, byte[] thumbnail) {}

	private static final int MOST_NAMED = 1000;
	private static final double LIMIT = 0.98;
	private static final int ALL_PAIRS = 3000;
	private static final int WINDOW = 64;
	private static final int ORDERS = 4;

	private final List<Entry> entries = new ArrayList<>();
	private final List<Pair> first = new ArrayList<>();
	/** For each order gone through, the place of each entry. */
	private final List<int[]> places = new ArrayList<>();
	private long count;
	private long acrossSplits;

	/** Takes an image. */
	public void add(final String name, final Split split, final int group, final String thumbnail) {
		entries.add(new Entry(entries.size(), name, split, group, HexFormat.of().parseHex(thumbnail)));
	}

	/** Looks for pairs, once. */
	public Found find() {
		if (entries.size() <= ALL_PAIRS) compare(entries, entries.size());
		else {
			final Random random = new Random(1);
			for (int i = 0; i < ORDERS; i++) {
				final double[] direction = new double[ImageFacts.THUMBNAIL * ImageFacts.THUMBNAIL];
				for (int k = 0; k < direction.length; k++)
					direction[k] = random.nextGaussian();
				compare(entries.stream()
					.sorted(Comparator.comparingDouble((Entry entry) -> along(entry, direction))
						.thenComparingInt(Entry::number))
					.toList(), WINDOW);
			}
		}
		return new Found(count, acrossSplits, List.copyOf(first));
	}

	private void compare(final List<Entry> ordered, final int window) {
		for (int i = 0; i < ordered.size(); i++) {
			for (int j = i + 1; j < Math.min(ordered.size(), i + 1 + window); j++) {
				final boolean inOrder = ordered.get(i).number < ordered.get(j).number;
				final Entry a = ordered.get(inOrder ? i : j);
				final Entry b = ordered.get(inOrder ? j : i);
				if (a.group != b.group && !wereNeighbours(a, b)) compare(a, b);
			}
		}
		final int[] order = new int[ordered.size()];
		for (int i = 0; i < order.length; i++)
			order[ordered.get(i).number] = i;
		places.add(order);
	}

	private boolean wereNeighbours(final Entry a, final Entry b) {
		return places.stream().anyMatch(order -> Math.abs(order[a.number] - order[b.number]) <= WINDOW);
	}

	private void compare(final Entry a, final Entry b) {
		final double correlation = correlation(a.thumbnail, b.thumbnail);
		if (correlation <= LIMIT) return;
		count++;
		if (a.split != b.split) acrossSplits++;
		if (first.size() < MOST_NAMED)
			first.add(new Pair(a.name, b.name, correlation, a.split != b.split));
	}

	private static double along(final Entry entry, final double[] direction) {
		double sum = 0;
		for (int i = 0; i < direction.length; i++)
			sum += direction[i] * (entry.thumbnail[i] & 0xff);
		return sum;
	}

	private static double correlation(final byte[] a, final byte[] b) {
		final int n = a.length;
		long sumA = 0;
		long sumB = 0;
		long sumAA = 0;
		long sumBB = 0;
		long sumAB = 0;
		for (int i = 0; i < n; i++) {
			final long x = a[i] & 0xff;
			final long y = b[i] & 0xff;
			sumA += x;
			sumB += y;
			sumAA += x * x;
			sumBB += y * y;
			sumAB += x * y;
		}
		final double varianceA = (double) n * sumAA - (double) sumA * sumA;
		final double varianceB = (double) n * sumBB - (double) sumB * sumB;
		// even images are like each other and like nothing else
		if (varianceA == 0 || varianceB == 0) return varianceA == varianceB ? 1 : 0;
		return ((double) n * sumAB - (double) sumA * sumB) / Math.sqrt(varianceA * varianceB);
	}
}
