
package io.github.zimagefiji.dataset.quality;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import ij.plugin.filter.EDM;
import ij.process.AutoThresholder;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import io.github.zimagefiji.dataset.output.DatasetImage;

/**
 * Finds objects in an image by ImageJ's own means and without its labels: the brightness (the
 * largest channel) is smoothed, thresholded by Otsu's method, and touching objects are cut apart by
 * the watershed of ImageJ's distance map.
 */
final class Segmentation {

	/** Pieces of fewer pixels are noise. */
	private static final int SMALLEST = 4;

	private final ByteProcessor mask;

	/**
	 * Segments an image.
	 *
	 * @param smoothing standard deviation of the Gaussian blur, pixels; 0 for none
	 */
	Segmentation(final DatasetImage image, final double smoothing) {
		final FloatProcessor brightness =
			new FloatProcessor(image.width(), image.height(), image.brightness());
		if (smoothing > 0) brightness.blurGaussian(smoothing);
		brightness.resetMinAndMax();
		final ByteProcessor steps = brightness.convertToByteProcessor(true);
		final int threshold =
			new AutoThresholder().getThreshold(AutoThresholder.Method.Otsu, steps.getHistogram());
		mask = new ByteProcessor(image.width(), image.height());
		// an even image has no objects
		if (brightness.getMin() == brightness.getMax()) return;
		for (int i = 0; i < mask.getPixelCount(); i++)
			mask.set(i, steps.get(i) > threshold ? 255 : 0);
	}

	/** What was found. */
	FoundObjects objects() {
		final ByteProcessor cut = (ByteProcessor) mask.duplicate();
		new EDM().toWatershed(cut);
		final boolean[] foreground = new boolean[mask.getPixelCount()];
		final int[] labels = new int[foreground.length];
		int count = 0;
		for (int i = 0; i < foreground.length; i++) {
			foreground[i] = mask.get(i) > 0;
			if (cut.get(i) == 0) continue;
			final List<Integer> piece = take(cut, i);
			if (piece.size() < SMALLEST) continue;
			count++;
			for (final int pixel : piece)
				labels[pixel] = count;
		}
		return new FoundObjects(foreground, labels, count);
	}

	/**
	 * Takes the piece at a pixel away, with its neighbours in eight directions.
	 */
	private static List<Integer> take(final ByteProcessor pixels, final int start) {
		final int width = pixels.getWidth();
		final Deque<Integer> todo = new ArrayDeque<>();
		todo.add(start);
		pixels.set(start, 0);
		final List<Integer> piece = new ArrayList<>();
		while (!todo.isEmpty()) {
			final int pixel = todo.remove();
			piece.add(pixel);
			for (int y = Math.max(0, pixel / width - 1); y <= Math.min(pixels.getHeight() - 1,
				pixel / width + 1); y++)
			{
				for (int x = Math.max(0, pixel % width - 1); x <= Math.min(width - 1,
					pixel % width + 1); x++)
				{
					if (pixels.get(x, y) == 0) continue;
					pixels.set(x, y, 0);
					todo.add(y * width + x);
				}
			}
		}
		return piece;
	}
}
