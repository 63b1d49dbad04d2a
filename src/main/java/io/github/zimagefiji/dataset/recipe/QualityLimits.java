
package io.github.zimagefiji.dataset.recipe;

import java.nio.file.Path;

import io.github.zimagefiji.fields.Key;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.WrongValueException;

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
public record QualityLimits(@Key(usual = "0", least = 0, most = 1) double minIou,
		@Key(usual = Key.NOTHING, least = 0, most = 65535) Integer maxCountError,
		@Key(usual = "0", least = 0, most = 100) int retries,
		@Key(usual = "1", least = 0, most = 50) double smoothing,
		@Key(usual = Key.NOTHING) Path realImages,
		@Key(usual = Key.NOTHING) SegmentationCommand segmentation)
{

	/** Nothing is rejected. */
	public static final QualityLimits NONE = RecordCodec.of(QualityLimits.class).usual();

	/** @throws WrongValueException if a value is out of range */
	public QualityLimits {
		RecordCodec.check(QualityLimits.class, minIou, maxCountError, retries, smoothing);
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
