
package io.github.zimagefiji.dataset.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.zimagefiji.dataset.recipe.Edits;
import io.github.zimagefiji.dataset.recipe.Range;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/**
 * Moves, scales, removes and duplicates objects of a real image together with their pixels. What an
 * object leaves, and a seam around what was put elsewhere, is marked to be painted over.
 */
public final class LabelEdits {

	/**
	 * Pixels around an object that are painted over with it, because its light reaches there.
	 */
	private static final int SEAM = 3;
	private static final int TRIES = 1000;

	private final Scene source;
	private final InputImage image;
	private final Random random;
	private final int[] labels;
	private final float[] samples;
	private final boolean[] gaps;
	/** Of the source's objects and of those that were put beside them. */
	private final List<String> classes;

	/** Edits of an image that lies on the labels. */
	public LabelEdits(final Scene source, final InputImage image, final long seed) {
		this.source = source;
		this.image = image;
		random = SceneRandom.of(seed, 1);
		labels = source.labels().clone();
		samples = image.samples().clone();
		gaps = new boolean[labels.length];
		classes = new ArrayList<>(source.classes());
	}

	/**
	 * Changes objects as their probabilities say, and at least one.
	 *
	 * @throws InvalidInputException if none finds room for its change
	 */
	public void apply(final Edits edits) {
		boolean any = false;
		for (int label = 1; label <= source.count(); label++)
			any |= change(label, random.nextDouble(), edits);
		final double all = edits.move() + edits.scale() + edits.remove() + edits.duplicate();
		for (int i = 0; !any && i < TRIES; i++)
			any = change(1 + (int) (random.nextDouble() * source.count()),
				random.nextDouble() * (all > 0 ? all : 1), edits);
		if (!any) throw new InvalidInputException("No object of \"" + source.name() +
			"\" finds room for a change. Allow shorter distances or removal under \"edits\", or take the image out.");
	}

	/** The labels as they are now, counted anew. */
	public Scene scene() {
		final int[] numbers = new int[classes.size() + 1];
		final List<String> left = new ArrayList<>();
		Arrays.stream(labels).filter(label -> label > 0).distinct().sorted().forEach(label -> {
			left.add(classes.get(label - 1));
			numbers[label] = left.size();
		});
		return new Scene(source.name(), source.width(), source.height(),
			Arrays.stream(labels).map(label -> numbers[label]).toArray(), left);
	}

	/**
	 * The pixels as they are now; gaps have the median of the source's background, which a model can
	 * begin with.
	 */
	public InputImage picture() {
		final float[] filled = samples.clone();
		for (int channel = 0; channel < 3; channel++) {
			final float background = background(channel);
			for (int i = 0; i < gaps.length; i++)
				if (gaps[i]) filled[channel * gaps.length + i] = background;
		}
		return new InputImage(image.name(), image.width(), image.height(), filled, image.mapping());
	}

	private float background(final int channel) {
		final double[] values = IntStream.range(0, gaps.length).filter(i -> source.labels()[i] == 0)
			.mapToDouble(i -> image.samples()[channel * gaps.length + i]).sorted().toArray();
		return values.length == 0 ? 0 : (float) values[values.length / 2];
	}

	/**
	 * Where to paint: what objects left, and seams around those that were put elsewhere.
	 */
	public InputMask mask() {
		final float[] values = new float[gaps.length];
		for (int i = 0; i < values.length; i++)
			values[i] = gaps[i] ? 1 : 0;
		return new InputMask("gaps of " + image.name(), image.width(), image.height(), values);
	}

	private boolean change(final int label, final double choice, final Edits edits) {
		final double move = edits.move();
		final double scale = move + edits.scale();
		final double remove = scale + edits.remove();
		final int[] pixels = pixels(label);
		if (pixels.length == 0) return false;
		final double factor = edits.factor().at(random.nextDouble());
		final int[] shift = { shift(edits.distance()), shift(edits.distance()) };
		if (choice < move) return put(pixels, shift, 1, true, label);
		if (choice < scale) return put(pixels, new int[2], factor, true, label);
		if (choice < remove) {
			clear(pixels);
			return true;
		}
		if (choice >= remove + edits.duplicate()) return false;
		classes.add(classes.get(label - 1));
		return put(pixels, shift, 1, false, classes.size());
	}

	private int shift(final Range distance) {
		return ((int) StrictMath.rint(distance.at(random.nextDouble()))) *
			(random.nextBoolean() ? 1 : -1);
	}

	private int[] pixels(final int label) {
		final List<Integer> pixels = new ArrayList<>();
		for (int i = 0; i < labels.length; i++) {
			if (labels[i] == label && source.labels()[i] == label) pixels.add(i);
		}
		return pixels.stream().mapToInt(Integer::intValue).toArray();
	}

	private void clear(final int[] pixels) {
		for (final int pixel : pixels)
			labels[pixel] = 0;
		for (final int pixel : pixels)
			mark(pixel);
	}

	/** Pixels around one, unless objects are there. */
	private void mark(final int pixel) {
		final int width = source.width();
		for (int y = Math.max(0, pixel / width - SEAM); y <= Math.min(source.height() - 1,
			pixel / width + SEAM); y++)
		{
			for (int x = Math.max(0, pixel % width - SEAM); x <= Math.min(width - 1,
				pixel % width + SEAM); x++)
				gaps[y * width + x] |= labels[y * width + x] == 0;
		}
	}

	/**
	 * Puts an object's pixels elsewhere or in another size; not if other objects or the image's edge
	 * are in the way.
	 */
	private boolean put(final int[] pixels, final int[] shift, final double factor,
		final boolean take, final int label)
	{
		final int width = source.width();
		final int centreX =
			(int) Math.round(Arrays.stream(pixels).map(p -> p % width).average().orElse(0));
		final int centreY =
			(int) Math.round(Arrays.stream(pixels).map(p -> p / width).average().orElse(0));
		final boolean[] own = new boolean[labels.length];
		for (final int pixel : pixels)
			own[pixel] = true;
		final List<int[]> copies = new ArrayList<>();
		for (int i = 0; i < labels.length; i++) {
			final int x = (int) Math.rint(centreX + (i % width - centreX - shift[0]) / factor);
			final int y = (int) Math.rint(centreY + (i / width - centreY - shift[1]) / factor);
			if (x < 0 || y < 0 || x >= width || y >= source.height() || !own[y * width + x]) continue;
			if (labels[i] != 0 && !(take && own[i])) return false;
			copies.add(new int[] { i, y * width + x });
		}
		// cut off at the edge
		if (copies.size() < 0.5 * factor * factor * pixels.length) return false;
		if (take) clear(pixels);
		for (final int[] copy : copies)
			labels[copy[0]] = label;
		for (final int[] copy : copies) {
			for (int channel = 0; channel < 3; channel++)
				samples[channel * labels.length + copy[0]] =
					image.samples()[channel * labels.length + copy[1]];
			gaps[copy[0]] = false;
			mark(copy[0]);
		}
		return true;
	}
}
