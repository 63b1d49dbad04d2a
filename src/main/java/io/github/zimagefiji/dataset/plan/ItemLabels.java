
package io.github.zimagefiji.dataset.plan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.io.Sha256;
import io.github.zimagefiji.request.InputImage;

/**
 * Where the labels of a dataset's items come from: its files, their classes, and what an item
 * begins with. There is a subclass for each {@link LabelSource}; this class itself is that of
 * images without labels.
 */
public class ItemLabels {

	private final Recipe recipe;
	private final List<String> names;

	/**
	 * @param names of the label files, sorted
	 * @throws io.github.zimagefiji.error.InvalidInputException if images and labels lie side by side
	 */
	ItemLabels(final Recipe recipe, final List<String> names) {
		this.recipe = recipe;
		this.names = names;
		if (!names.isEmpty()) FolderCheck.checkOneKind(folder(), names, "labels");
		ImagePairs.checkBases(folder(), names);
		final Map<String, Path> others = new LinkedHashMap<>();
		others.put("real images", images());
		others.put("backgrounds", recipe.look().backgrounds());
		others.put("images that give the style",
			recipe.style() == null ? null : recipe.style().images());
		others.put("real images of the report", recipe.quality().realImages());
		others.forEach((what, images) -> {
			FolderCheck.checkOther(folder(), images, what);
			if (images != null) FolderCheck.checkOneKind(images, LabelFolder.images(images), what);
		});
	}

	/**
	 * The labels of a recipe.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if its folders cannot be read or lack
	 *           files
	 */
	public static ItemLabels of(final Recipe recipe) {
		final LabelSource source = recipe.labels();
		if (source instanceof LabelSource.Scenes scenes) return new DrawnLabels(recipe, scenes);
		if (source instanceof LabelSource.Folder) return new FolderLabels(recipe);
		if (source instanceof LabelSource.RealImages real) return new RealImageLabels(recipe, real);
		return new ItemLabels(recipe, List.of());
	}

	Recipe recipe() {
		return recipe;
	}

	/** The folder of the label files; null without one. */
	Path folder() {
		return recipe.labels() == null ? null : recipe.labels().folder();
	}

	/** The folder of the real images that they belong to; null without one. */
	Path images() {
		return recipe.labels() == null ? null : recipe.labels().images();
	}

	/** The files' names, sorted; none without a folder. */
	public List<String> names() {
		return names;
	}

	/** The classes of all objects, in the order of their numbers. */
	public List<String> classes() {
		return List.of();
	}

	/**
	 * Reads a label file.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is no label image of the
	 *           recipe's size, or a ROI set that does not suit it
	 */
	public Scene read(final String name) {
		throw new IllegalStateException("There are no label files, and no " + name + ".");
	}

	/**
	 * What an item begins with: its labels and, where they belong to a real image, that image and
	 * what of it is made anew.
	 *
	 * @param pictures reads an image of the recipe's size
	 * @throws io.github.zimagefiji.error.InvalidInputException if a file cannot be used, or a scene
	 *           finds no room
	 */
	public ItemInput begin(final PlannedItem item, final Function<Path, InputImage> pictures) {
		return ItemInput.NONE;
	}

	/** SHA-256 of all files that the dataset depends on. */
	String digest() {
		final MessageDigest sha = Sha256.create();
		if (folder() != null) add(sha, folder(), names);
		addImages(sha, images());
		addImages(sha, recipe.look().backgrounds());
		if (recipe.style() != null) addImages(sha, recipe.style().images());
		return Sha256.finish(sha);
	}

	private static void addImages(final MessageDigest sha, final Path folder) {
		if (folder != null) add(sha, folder, LabelFolder.images(folder));
	}

	private static void add(final MessageDigest sha, final Path folder, final List<String> names) {
		for (final String name : names)
			sha.update((name + " " + DatasetIdentity.sha256(folder.resolve(name)) + "\n")
				.getBytes(StandardCharsets.UTF_8));
	}
}
