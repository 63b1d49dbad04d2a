
package io.github.zimagefiji.dataset.scene;

import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;

/**
 * The ground truth of one image.
 *
 * @param name for people and provenance
 * @param width pixels
 * @param height pixels
 * @param labels (height, width), row-major: 0 for background, 1 to the number of objects; not
 *          copied
 * @param classes the class of each object: the first is that of label 1
 */
public record Scene(String name, int width, int height, int[] labels, List<String> classes) {

	/** What labels of 16 bits can tell apart. */
	public static final int MOST_OBJECTS = 65535;

	/**
	 * @throws InvalidInputException if there are more objects than 16 bits tell apart
	 */
	public Scene {
		classes = List.copyOf(classes);
		if (classes.size() > MOST_OBJECTS) throw new InvalidInputException("The scene \"" + name +
			"\" holds " + classes.size() + " objects; labels of 16 bits tell apart at most " +
			MOST_OBJECTS + ". Cut the image into smaller ones.");
	}

	/**
	 * A scene of a label image; its labels are counted anew from 1, in their order.
	 *
	 * @param className what all objects are called
	 * @throws InvalidInputException if there are more objects than 16 bits tell apart
	 */
	public static Scene of(final LabelImage image, final String className) {
		final BitSet found = new BitSet();
		for (final int label : image.labels())
			found.set(label);
		found.clear(0);
		final int count = found.cardinality();
		if (count > MOST_OBJECTS) throw new InvalidInputException("The label image \"" + image.name() +
			"\" holds " + count + " labels; labels of 16 bits tell apart at most " + MOST_OBJECTS +
			". Cut the image into smaller ones.");
		final Map<Integer, Integer> numbers = new HashMap<>();
		found.stream().forEach(label -> numbers.put(label, numbers.size() + 1));
		final int[] labels = new int[image.labels().length];
		for (int i = 0; i < labels.length; i++)
			labels[i] = numbers.getOrDefault(image.labels()[i], 0);
		return new Scene(image.name(), image.width(), image.height(), labels,
			Collections.nCopies(count, className));
	}

	/** How many objects there are. */
	public int count() {
		return classes.size();
	}

	/** The labels for what makes pictures of them. */
	public LabelImage image() {
		return new LabelImage(name, width, height, labels);
	}

	/** Pixels of each object: the first is that of label 1. */
	public int[] areas() {
		final int[] areas = new int[count()];
		for (final int label : labels) {
			if (label > 0) areas[label - 1]++;
		}
		return areas;
	}
}
