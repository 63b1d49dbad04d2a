
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import io.github.zimagefiji.dataset.recipe.LabelReading;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.request.InputImage;

/**
 * The labels of a folder: label images (TIFF and PNG) and ROI sets of ImageJ, sorted by name.
 */
class FolderLabels extends ItemLabels {

	/** What objects without a class are called. */
	static final String CLASS = "object";

	/** @throws InvalidInputException if a folder cannot be read or lacks files */
	FolderLabels(final Recipe recipe) {
		super(recipe, LabelFolder.labels(recipe.labels().folder()));
	}

	@Override
	public Scene read(final String name) {
		final LabelReading reading = recipe().labels().reading();
		final int width = recipe().sampling().width();
		final int height = recipe().sampling().height();
		final Path file = folder().resolve(name);
		if (RoiSet.isNamed(name)) return RoiSet.open(file, reading.plane()).scene(width, height, CLASS);
		final LabelImage image = LabelImage.open(file, reading.plane());
		if (image.width() != width || image.height() != height)
			throw new InvalidInputException("The label image " + file + " has " + image.width() + " × " +
				image.height() + " pixels, but the recipe's size is " + width + " × " + height +
				". Cut or resize it (without interpolation), or change the size.");
		return LabelCheck.checked(Scene.of(image, CLASS), reading.pieces(), "The label image " + file);
	}

	/** Sorted: more than one only with ROI sets. */
	@Override
	public List<String> classes() {
		final Set<String> classes = new TreeSet<>();
		for (final String name : names())
			classes.addAll(RoiSet.isNamed(name)
				? RoiSet.open(folder().resolve(name), recipe().labels().reading().plane()).classes(CLASS)
				: Set.of(CLASS));
		return List.copyOf(classes);
	}

	@Override
	public ItemInput begin(final PlannedItem item, final Function<Path, InputImage> pictures) {
		return new ItemInput(read(item.source()), null, null);
	}
}
