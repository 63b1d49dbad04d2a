
package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.dataset.output.DatasetImage;
import io.github.zimagefiji.dataset.plan.LabelFolder;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.plan.Seeds;
import io.github.zimagefiji.dataset.plan.Shuffle;
import io.github.zimagefiji.dataset.quality.Segmenter;
import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.scene.Palette;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.InputImage;

/**
 * The real images whose style a dataset takes over. One is drawn for each item. Where the model
 * sees them, each serves one split only, since it might be seen in the results; colours are shared
 * by all splits.
 */
final class StyleImages {

	private final Recipe recipe;
	private final Path folder;
	private final List<String> names;
	private final Seeds seeds;
	private final Map<Split, List<String>> pools = new EnumMap<>(Split.class);

	/**
	 * @throws InvalidInputException if the folder cannot be read, or has too few images for the
	 *           splits
	 */
	StyleImages(final Recipe recipe) {
		this.recipe = recipe;
		seeds = new Seeds(recipe.seed());
		folder = recipe.style() == null ? null : recipe.style().images();
		names = folder == null ? List.of() : LabelFolder.images(folder);
		if (folder == null) return;
		if (names.isEmpty()) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file. Name the folder of the real images that give the style.");
		divide();
	}

	private void divide() {
		final boolean shared = recipe.style().as() == Style.Use.COLOURS;
		final Shuffle order = new Shuffle(seeds, "style", names.size());
		final String[] shuffled = new String[names.size()];
		for (int i = 0; i < shuffled.length; i++)
			shuffled[order.place(i)] = names.get(i);
		int from = 0;
		for (final Split split : Split.values()) {
			final int count = shared ? shuffled.length : recipe.splits().groups(split, shuffled.length);
			pools.put(split, List.of(shuffled).subList(from, from + count));
			if (!shared) from += count;
		}
	}

	/** Whether there are any. */
	boolean exist() {
		return folder != null;
	}

	/** How many there are. */
	int size() {
		return names.size();
	}

	/** What an item takes its style from. */
	InputImage of(final PlannedItem item) {
		final List<String> pool = pools.get(item.split());
		return read(pool.get(seeds.choice("style image", item.index(), pool.size())));
	}

	/**
	 * Every one of them, one after the other, for checking.
	 *
	 * @throws InvalidInputException if one cannot be read
	 */
	Iterable<InputImage> all() {
		return () -> names.stream().map(this::read).iterator();
	}

	private InputImage read(final String name) {
		return recipe.reading().open(folder.resolve(name));
	}

	/**
	 * The mean colours of an image's objects, as the quality check would find them, and of what is
	 * beside them.
	 *
	 * @throws InvalidInputException if there are no objects
	 */
	Palette palette(final InputImage image) {
		final int pixels = image.width() * image.height();
		final int[] values = new int[3 * pixels];
		for (int i = 0; i < values.length; i++)
			values[i] = Math.round(image.samples()[i] * 255);
		final boolean[] objects = Segmenter.ofImageJ(recipe.quality().smoothing())
			.find(new DatasetImage(image.width(), image.height(), PixelKind.RGB8, values), Progress.NONE)
			.foreground();
		final double[][] sums = new double[2][3];
		final int[] counts = new int[2];
		for (int i = 0; i < pixels; i++) {
			final int object = objects[i] ? 1 : 0;
			counts[object]++;
			for (int c = 0; c < 3; c++)
				sums[object][c] += image.samples()[c * pixels + i];
		}
		if (counts[1] == 0)
			throw new InvalidInputException("The image " + folder.resolve(image.name()) +
				" shows no objects, so it gives no colours. Remove it from the folder.");
		for (int i = 0; i < 6; i++)
			sums[i / 3][i % 3] /= Math.max(1, counts[i / 3]);
		return new Palette(sums[1], sums[0]);
	}
}
