
package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.dataset.plan.ItemInput;
import io.github.zimagefiji.dataset.plan.ItemLabels;
import io.github.zimagefiji.dataset.plan.LabelFolder;
import io.github.zimagefiji.dataset.plan.PlannedItem;
import io.github.zimagefiji.dataset.plan.Seeds;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Style;
import io.github.zimagefiji.dataset.scene.Rendering;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;

/** Gives each item its labels and pictures. */
final class ItemInputs {

	private final Recipe recipe;
	private final ItemLabels labels;
	private final List<String> backgrounds;
	private final StyleImages styles;

	/** @throws InvalidInputException if a folder cannot be read */
	ItemInputs(final Recipe recipe) {
		this.recipe = recipe;
		labels = ItemLabels.of(recipe);
		styles = new StyleImages(recipe);
		backgrounds = recipe.look().backgrounds() == null ? List.of()
			: LabelFolder.images(recipe.look().backgrounds());
		if (recipe.look().backgrounds() != null && backgrounds.isEmpty())
			throw new InvalidInputException("The folder " + recipe.look().backgrounds() +
				" holds no TIFF or PNG file. Name the folder of the backgrounds.");
	}

	/** The labels and what else the dataset depends on. */
	ItemLabels labels() {
		return labels;
	}

	/** The real images that give the style. */
	StyleImages styles() {
		return styles;
	}

	/**
	 * Makes what an item's image is made from.
	 *
	 * @throws InvalidInputException if a file cannot be used, or a scene finds no room
	 */
	ItemInput of(final PlannedItem item) {
		final ItemInput begun = labels.begin(item, this::picture);
		return switch (recipe.workflow()) {
			case IMAGE_TO_IMAGE, STYLE_EDIT -> rendered(item, begun.scene());
			case INPAINT -> new ItemInput(begun.scene(), unpainted(item, begun.scene()),
				mask(begun.scene()));
			case CONTROL, REAL_EDIT, TEXT_ONLY -> begun;
		};
	}

	private ItemInput rendered(final PlannedItem item, final Scene scene) {
		final InputImage style = styles.exist() ? styles.of(item) : null;
		if (style == null || recipe.style().as() == Style.Use.PICTURE) return new ItemInput(scene,
			Rendering.draw(scene, recipe.look(), item.colour(), item.labelsSeed()), null, style);
		return new ItemInput(scene,
			Rendering.draw(scene, recipe.look(), styles.palette(style),
				"rendering of " + scene.name() + " in the colours of " + style.name(), item.labelsSeed()),
			null);
	}

	/**
	 * Without a ControlNet only what is there already tells the model that objects fill the mask.
	 */
	private InputImage unpainted(final PlannedItem item, final Scene scene) {
		final InputImage background = background(item);
		return recipe.control() != null ? background : Rendering.onto(background, scene,
			Rendering.draw(scene, recipe.look(), item.colour(), item.labelsSeed()));
	}

	private InputImage background(final PlannedItem item) {
		if (backgrounds.isEmpty()) return Rendering.background(recipe.sampling().width(),
			recipe.sampling().height(), recipe.look().background());
		final int choice = new Seeds(item.labelsSeed()).choice("background", 0, backgrounds.size());
		return picture(recipe.look().backgrounds().resolve(backgrounds.get(choice)));
	}

	private InputImage picture(final Path file) {
		final InputImage picture = recipe.reading().open(file);
		final int width = recipe.sampling().width();
		final int height = recipe.sampling().height();
		if (picture.width() == width && picture.height() == height) return picture;
		throw new InvalidInputException("The image " + file + " has " + picture.width() + " × " +
			picture.height() + " pixels, but the recipe's size is " + width + " × " + height +
			". Cut or resize it, or change the size.");
	}

	private static InputMask mask(final Scene scene) {
		final float[] values = new float[scene.labels().length];
		for (int i = 0; i < values.length; i++)
			values[i] = scene.labels()[i] > 0 ? 1 : 0;
		return new InputMask("objects of " + scene.name(), scene.width(), scene.height(), values);
	}
}
