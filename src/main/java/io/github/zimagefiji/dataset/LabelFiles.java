package io.github.zimagefiji.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Sha256;
import io.github.zimagefiji.dataset.output.Folders;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.image.LabelImage;
import io.github.zimagefiji.image.PlaneChoice;

/** The labels of a folder: label images (TIFF and PNG) and ROI sets of ImageJ, sorted by name. */
final class LabelFiles {

	/** What objects are called that have no class of their own. */
	static final String CLASS = "object";

	private final Recipe recipe;
	private final Path folder;
	private final List<String> names;
	private final Map<String, Path> images;

	/** @throws InvalidInputException if the recipe's folders cannot be read or lack files */
	LabelFiles(final Recipe recipe) {
		this.recipe = recipe;
		folder = recipe.labels() instanceof LabelSource.Folder files ? files.folder()
			: recipe.labels() instanceof LabelSource.RealImages real ? real.folder() : null;
		names = folder == null ? List.of() : files(folder, name -> isImage(name) || RoiSet.isNamed(name));
		if (folder != null && names.isEmpty()) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file and no ROI set (.zip, .roi). Name the folder of the labels.");
		final Map<String, String> bases = new HashMap<>();
		for (final String name : names) {
			final String other = bases.put(base(name), name);
			// variants of one image could come into two splits
			if (other != null) throw new InvalidInputException("The folder " + folder + " holds " + other + " and " + name +
				", which would be labels of the same image. Remove one of them.");
		}
		images = recipe.labels() instanceof LabelSource.RealImages real ? pairs(real.images()) : Map.of();
	}

	/** The image of each label file: of the same name, or with another ending if there is only one. */
	private Map<String, Path> pairs(final Path folderOfImages) {
		final List<String> all = images(folderOfImages);
		final Map<String, Path> pairs = new HashMap<>();
		for (final String name : names) {
			final List<String> suitable = all.contains(name) ? List.of(name) : all.stream().filter(image -> base(image).equals(
				base(name))).toList();
			if (suitable.size() != 1) throw new InvalidInputException("For the labels " + name + ", the folder " +
				folderOfImages + " holds " + (suitable.isEmpty() ? "no image. Add \"" + base(name) + ".tif\"" : "the images " +
					String.join(", ", suitable) + ". Leave one of them") + ", or remove the labels.");
			pairs.put(name, folderOfImages.resolve(suitable.get(0)));
		}
		return pairs;
	}

	/** The real image of a label file. */
	Path image(final String name) {
		return images.get(name);
	}

	private static String base(final String name) {
		return name.substring(0, name.lastIndexOf('.'));
	}

	/** The files' names; none without a folder. */
	List<String> names() {
		return names;
	}

	/** The files of a folder that are images. */
	static List<String> images(final Path folder) {
		return files(folder, LabelFiles::isImage);
	}

	private static List<String> files(final Path folder, final Predicate<String> wanted) {
		return Folders.list(folder).stream().map(file -> file.getFileName().toString()).filter(wanted).toList();
	}

	private static boolean isImage(final String name) {
		return name.toLowerCase(Locale.ROOT).matches("[^.].*\\.(tif|tiff|png)");
	}

	/**
	 * Reads one.
	 *
	 * @throws InvalidInputException if it is no label image of the recipe's size, or a ROI set that does not suit it
	 */
	Scene read(final String name) {
		if (RoiSet.isNamed(name)) return RoiSet.open(folder.resolve(name)).scene(recipe.sampling().width(), recipe.sampling()
			.height(), CLASS);
		final LabelImage image = LabelImage.open(folder.resolve(name), PlaneChoice.SHOWN);
		final int width = recipe.sampling().width();
		final int height = recipe.sampling().height();
		if (image.width() != width || image.height() != height) throw new InvalidInputException("The label image " + folder
			.resolve(name) + " has " + image.width() + " × " + image.height() + " pixels, but the recipe's size is " + width +
			" × " + height + ". Cut or resize it (without interpolation), or change the size.");
		return Scene.of(image, CLASS);
	}

	/** The classes of all objects, sorted: more than one only with ROI sets. */
	List<String> classes() {
		final Set<String> classes = new TreeSet<>();
		for (final String name : names)
			classes.addAll(RoiSet.isNamed(name) ? RoiSet.open(folder.resolve(name)).classes(CLASS) : Set.of(CLASS));
		return List.copyOf(classes);
	}

	/** SHA-256 of all files that the dataset depends on. */
	String digest() {
		final MessageDigest sha = Sha256.create();
		add(sha, folder, names);
		if (recipe.labels() instanceof LabelSource.RealImages real) add(sha, real.images(), images(real.images()));
		final Path backgrounds = recipe.look().backgrounds();
		if (backgrounds != null) add(sha, backgrounds, images(backgrounds));
		if (recipe.style() != null) add(sha, recipe.style().images(), images(recipe.style().images()));
		return Sha256.finish(sha);
	}

	private static void add(final MessageDigest sha, final Path folder, final List<String> names) {
		for (final String name : names)
			sha.update((name + " " + DatasetIdentity.sha256(folder.resolve(name)) + "\n").getBytes(StandardCharsets.UTF_8));
	}
}
