
package io.github.zimagefiji.dataset.quality;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.recipe.QualityLimits;
import io.github.zimagefiji.error.InvalidInputException;

/** Finds the objects of images without knowing their labels. */
public interface Segmenter {

	/**
	 * Segments an image.
	 *
	 * @param progress asked whether to go on
	 * @throws InvalidInputException if a program of the user's fails
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so
	 */
	FoundObjects find(DatasetImage image, Progress progress);

	/**
	 * ImageJ's own: smoothing, Otsu's threshold, watershed.
	 *
	 * @param smoothing standard deviation of the Gaussian blur, pixels; 0 for none
	 */
	static Segmenter ofImageJ(final double smoothing) {
		return (image, progress) -> new Segmentation(image, smoothing).objects();
	}

	/**
	 * The segmentation that a recipe names.
	 *
	 * @param commandAllowed whether the user allows the recipe to start a program
	 * @throws InvalidInputException if it would have to, and may not
	 */
	static Segmenter of(final QualityLimits quality, final boolean commandAllowed) {
		if (quality.segmentation() == null) return ofImageJ(quality.smoothing());
		if (!commandAllowed) throw new InvalidInputException(
			"The recipe wants to run its own program on each image: " + quality.segmentation().line() +
				" -- If you know it and trust it, give --allow-segmentation-command (in scripts: " +
				"allowSegmentationCommand()); otherwise remove \"segmentation\" from the recipe.");
		return new CommandSegmenter(quality.segmentation());
	}
}
