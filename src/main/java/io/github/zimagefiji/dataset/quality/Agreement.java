package io.github.zimagefiji.dataset.quality;

import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * How well an image keeps to its labels.
 *
 * @param iou intersection over union of the pixels of all objects: labels against segmentation
 * @param countError absolute difference between the numbers of objects
 */
public record Agreement(double iou, int countError) {

	/** Compares what was found in an image with its labels, which are of the same size. */
	public static Agreement of(final FoundObjects found, final Scene scene) {
		int both = 0;
		int either = 0;
		for (int i = 0; i < scene.labels().length; i++) {
			final boolean label = scene.labels()[i] > 0;
			if (label && found.foreground()[i]) both++;
			if (label || found.foreground()[i]) either++;
		}
		return new Agreement(either == 0 ? 1 : (double) both / either, Math.abs(found.count() - scene.count()));
	}

	/** Compares an image with labels of the same size by ImageJ's own means. */
	public static Agreement of(final DatasetImage image, final Scene scene, final double smoothing) {
		return of(new Segmentation(image, smoothing).objects(), scene);
	}
}
