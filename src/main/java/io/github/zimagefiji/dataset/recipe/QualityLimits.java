
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;

/**
 * What an image must reach when an independent segmentation compares it with its labels.
 *
 * @param minIou least intersection over union of foreground, 0 to 1
 * @param maxCountError largest difference between the numbers of objects; null for any
 * @param retries how many other seeds are tried
 * @param smoothing standard deviation in pixels of the segmentation's smoothing
 * @param realImages folder of real images whose histograms the report shows; null for none
 * @param segmentation a program that segments; null for ImageJ's own means
 */
public record QualityLimits(double minIou, Integer maxCountError, int retries, double smoothing,
		Path realImages, SegmentationCommand segmentation)
{

	/** Nothing is rejected. */
	public static final QualityLimits NONE = new QualityLimits(0, null, 0, 1, null);

	/** @throws RecipeValueException if a value is out of range */
	public QualityLimits {
		RecipeValueException.check("min-iou", minIou, 0, 1);
		if (maxCountError != null)
			RecipeValueException.check("max-count-error", maxCountError, 0, 65535);
		RecipeValueException.check("retries", retries, 0, 100);
		RecipeValueException.check("smoothing", smoothing, 0, 50);
	}

	/** Limits that ImageJ's own segmentation is to check. */
	public QualityLimits(final double minIou, final Integer maxCountError, final int retries,
		final double smoothing, final Path realImages)
	{
		this(minIou, maxCountError, retries, smoothing, realImages, null);
	}

	/** Which segmentation checks, for people. */
	public String judge() {
		return segmentation == null
			? "ImageJ: largest channel, Gaussian blur, Otsu's threshold, watershed"
			: "the command " + segmentation.line();
	}

	/** Whether an image that reached these values is taken. */
	public boolean accepts(final double iou, final int countError) {
		return iou >= minIou && (maxCountError == null || countError <= maxCountError);
	}
}
