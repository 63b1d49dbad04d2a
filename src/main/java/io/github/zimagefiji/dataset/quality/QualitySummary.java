
package io.github.zimagefiji.dataset.quality;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.dataset.recipe.Split;

/** What a dataset's items are like together; takes one after the other. */
public final class QualitySummary {

	/**
	 * Means over some images.
	 *
	 * @param images how many
	 * @param iou mean
	 * @param countError mean
	 * @param f1 mean
	 * @param below how many do not reach the limits
	 */
	public record Means(int images, double iou, double countError, double f1, int below) {}

	private final QualityLimits limits;
	private final List<Agreement> first = new ArrayList<>();
	private final List<Agreement> all = new ArrayList<>();
	private final List<Agreement> accepted = new ArrayList<>();
	private final Map<Split, Integer> sizes = new EnumMap<>(Split.class);
	private final NearDuplicates duplicates = new NearDuplicates();
	private final List<String> names = new ArrayList<>();
	private final double[] intensities = new double[ImageFacts.STEPS];
	private final double[] areas = new double[24];
	private int rejected;
	private int objects;
	private int pieces;
	private int brokenImages;
	private String brokenExample = "";

	/** A summary of nothing so far. */
	public QualitySummary(final QualityLimits limits) {
		this.limits = limits;
	}

	/**
	 * Takes an item.
	 *
	 * @param agreements of all its attempts; empty without labels
	 * @param histogram {@link ImageFacts#intensities}
	 * @param objectSizes {@link ImageFacts#sizes}; empty without labels
	 */
	public void add(final String name, final Split split, final int group, final boolean isAccepted,
		final List<Agreement> agreements, final double[] histogram, final double[] objectSizes,
		final String thumbnail)
	{
		if (!agreements.isEmpty()) first.add(agreements.get(0));
		all.addAll(agreements);
		if (isAccepted && !agreements.isEmpty()) accepted.add(agreements.get(agreements.size() - 1));
		names.add(name);
		if (!isAccepted) {
			rejected++;
			return;
		}
		sizes.merge(split, 1, Integer::sum);
		duplicates.add(name, split, group, thumbnail);
		for (int i = 0; i < intensities.length; i++)
			intensities[i] += histogram[i];
		for (int i = 0; i < objectSizes.length; i++)
			areas[i] += objectSizes[i];
	}

	/**
	 * Takes the labels of an image of the dataset.
	 *
	 * @param objectCount its objects
	 * @param pieceCount what they are together when pieces that do not touch are counted one by one
	 */
	public void addLabels(final String name, final int objectCount, final int pieceCount) {
		objects += objectCount;
		pieces += pieceCount;
		if (pieceCount <= objectCount) return;
		if (brokenImages++ == 0) brokenExample = name + " (" + objectCount +
			(objectCount == 1 ? " object in " : " objects in ") + pieceCount + " pieces)";
	}

	/** A sentence on how objects and pieces of labels compare. */
	public String pieces() {
		return brokenImages == 0
			? "The " + objects + " objects of the dataset's labels are in one piece each."
			: "The " + objects + " objects of the dataset's labels are in " + pieces +
				" pieces that do not touch; objects in several pieces are in " + brokenImages +
				" images, such as " + brokenExample + ".";
	}

	/** The first attempt at each item: before any rejection. */
	public Means firstAttempts() {
		return means(first);
	}

	/** Every image that was made. */
	public Means allAttempts() {
		return means(all);
	}

	/** The images of the dataset. */
	public Means accepted() {
		return means(accepted);
	}

	/** Items that did not reach the limits in any attempt. */
	public int rejected() {
		return rejected;
	}

	/** Items of a split. */
	public int size(final Split split) {
		return sizes.getOrDefault(split, 0);
	}

	/** Images of the dataset that hardly differ. */
	public NearDuplicates.Found duplicates() {
		return duplicates.find();
	}

	/** Names of all items, the rejected ones too. */
	public List<String> names() {
		return names;
	}

	/** Sum of {@link ImageFacts#intensities}. */
	public double[] intensities() {
		return intensities.clone();
	}

	/** Sum of {@link ImageFacts#sizes}. */
	public double[] areas() {
		return areas.clone();
	}

	private Means means(final List<Agreement> agreements) {
		return new Means(agreements.size(),
			agreements.stream().mapToDouble(Agreement::iou).average().orElse(Double.NaN),
			agreements.stream().mapToInt(Agreement::countError).average().orElse(Double.NaN),
			agreements.stream().mapToDouble(Agreement::f1).average().orElse(Double.NaN),
			(int) agreements.stream()
				.filter(agreement -> !limits.accepts(agreement.iou(), agreement.countError())).count());
	}
}
