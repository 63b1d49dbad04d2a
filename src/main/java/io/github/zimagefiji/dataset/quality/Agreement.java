
package io.github.zimagefiji.dataset.quality;

import java.util.HashMap;
import java.util.Map;

import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * How well an image keeps to its labels.
 *
 * @param iou intersection over union of the pixels of all objects: labels against segmentation
 * @param countError absolute difference between the numbers of objects
 * @param f1 of objects: twice the number of pairs with an IoU above 0.5, of which an object can be
 *          in one at most, over the numbers of labelled and of found objects together
 */
public record Agreement(double iou, int countError, double f1) {

	private static final double FOUND_FROM = 0.5;

	/**
	 * Compares what was found in an image with its labels, which are of the same size.
	 */
	public static Agreement of(final FoundObjects found, final Scene scene) {
		int both = 0;
		int either = 0;
		for (int i = 0; i < scene.labels().length; i++) {
			final boolean label = scene.labels()[i] > 0;
			if (label && found.foreground()[i]) both++;
			if (label || found.foreground()[i]) either++;
		}
		return new Agreement(either == 0 ? 1 : (double) both / either,
			Math.abs(found.count() - scene.count()), f1(found, scene));
	}

	private static double f1(final FoundObjects found, final Scene scene) {
		if (found.count() + scene.count() == 0) return 1;
		final int[] areas = scene.areas();
		final int[] foundAreas = new int[found.count()];
		final Map<Long, Integer> shared = new HashMap<>();
		for (int i = 0; i < scene.labels().length; i++) {
			final int label = scene.labels()[i];
			final int object = found.labels()[i];
			if (object > 0) foundAreas[object - 1]++;
			if (object > 0 && label > 0) shared.merge((long) label << 32 | object, 1, Integer::sum);
		}
		final long matches = shared.entrySet().stream().filter(pair -> {
			final int label = (int) (pair.getKey() >> 32);
			final int union =
				areas[label - 1] + foundAreas[pair.getKey().intValue() - 1] - pair.getValue();
			return pair.getValue() > FOUND_FROM * union;
		}).count();
		return 2.0 * matches / (found.count() + scene.count());
	}

	/** Compares an image with labels of the same size by ImageJ's own means. */
	public static Agreement of(final DatasetImage image, final Scene scene, final double smoothing) {
		return of(new Segmentation(image, smoothing).objects(), scene);
	}
}
