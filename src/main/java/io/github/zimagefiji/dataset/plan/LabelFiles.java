
package io.github.zimagefiji.dataset.plan;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import io.github.zimagefiji.dataset.recipe.LabelReading;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.io.Folders;
import io.github.zimagefiji.io.Sha256;

/**
 * The labels of a folder: label images (TIFF and PNG) and ROI sets of ImageJ, sorted by name.
 */
public final class LabelFiles {

	/** What objects without a class are called. */
	static final String CLASS = "object";

	private final Recipe recipe;
	private final Path folder;
	private final List<String> names;
	private final Map<String, Path> images;

	/**
	 * @throws InvalidInputException if the recipe's folders cannot be read or lack files
	 */
	public LabelFiles(final Recipe recipe) {
		this.recipe = recipe;
		folder = recipe.labels() == null ? null : recipe.labels().folder();
		names = folder == null ? List.of() : labels(folder);
		checkFolders();
		images = recipe.labels() instanceof LabelSource.RealImages real
			? ImagePairs.of(names, real.images(), images(real.images())) : Map.of();
	}

	private void checkFolders() {
		if (folder != null) FolderCheck.checkOneKind(folder, names, "labels");
		ImagePairs.checkBases(folder, names);
		final Map<String, Path> others = new LinkedHashMap<>();
		if (recipe.labels() instanceof LabelSource.RealImages real)
			others.put("real images", real.images());
		others.put("backgrounds", recipe.look().backgrounds());
		others.put("images that give the style",
			recipe.style() == null ? null : recipe.style().images());
		others.put("real images of the report", recipe.quality().realImages());
		others.forEach((what, images) -> {
			FolderCheck.checkOther(folder, images, what);
			if (images != null) FolderCheck.checkOneKind(images, images(images), what);
		});
	}

	/** The real image of a label file. */
	public Path image(final String name) {
		return images.get(name);
	}

	/** The files' names; none without a folder. */
	public List<String> names() {
		return names;
	}

	/**
	 * The files of a folder that can be labels.
	 *
	 * @throws InvalidInputException if there are none
	 */
	static List<String> labels(final Path folder) {
		final List<String> names = files(folder, name -> isImage(name) || RoiSet.isNamed(name));
		if (names.isEmpty()) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file and no ROI set (.zip, .roi). Name the folder of the labels.");
		return names;
	}

	/** The files of a folder that are images. */
	public static List<String> images(final Path folder) {
		return files(folder, LabelFiles::isImage);
	}

	private static List<String> files(final Path folder, final Predicate<String> wanted) {
		return Folders.list(folder).stream().map(file -> file.getFileName().toString()).filter(wanted)
			.toList();
	}

	private static boolean isImage(final String name) {
		return name.toLowerCase(Locale.ROOT).matches("[^.].*\\.(tif|tiff|png)");
	}

	/**
	 * Reads one.
	 *
	 * @throws InvalidInputException if it is no label image of the recipe's size, or a ROI set that
	 *           does not suit it
	 */
	public Scene read(final String name) {
		final LabelReading reading = recipe.labels().reading();
		if (RoiSet.isNamed(name)) return RoiSet.open(folder.resolve(name), reading.plane())
			.scene(recipe.sampling().width(), recipe.sampling().height(), CLASS);
		if (image(name) != null) FolderCheck.checkDiffers(folder.resolve(name), image(name));
		final LabelImage image = LabelImage.open(folder.resolve(name), reading.plane());
		final int width = recipe.sampling().width();
		final int height = recipe.sampling().height();
		if (image.width() != width || image.height() != height)
			throw new InvalidInputException("The label image " + folder.resolve(name) + " has " +
				image.width() + " × " + image.height() + " pixels, but the recipe's size is " + width +
				" × " + height + ". Cut or resize it (without interpolation), or change the size.");
		return LabelCheck.checked(Scene.of(image, CLASS), reading.pieces(),
			"The label image " + folder.resolve(name));
	}

	/** The classes of a recipe's objects, in the order of their numbers. */
	public static List<String> classesOf(final Recipe recipe) {
		if (!(recipe.labels() instanceof LabelSource.Scenes scenes))
			return new LabelFiles(recipe).classes();
		return scenes.objects().stream().map(Population::className).distinct().toList();
	}

	/** The classes of all objects, sorted: more than one only with ROI sets. */
	public List<String> classes() {
		final Set<String> classes = new TreeSet<>();
		for (final String name : names)
			classes.addAll(RoiSet.isNamed(name)
				? RoiSet.open(folder.resolve(name), recipe.labels().reading().plane()).classes(CLASS)
				: Set.of(CLASS));
		return List.copyOf(classes);
	}

	/** SHA-256 of all files that the dataset depends on. */
	String digest() {
		final MessageDigest sha = Sha256.create();
		add(sha, folder, names);
		if (recipe.labels() instanceof LabelSource.RealImages real)
			add(sha, real.images(), images(real.images()));
		final Path backgrounds = recipe.look().backgrounds();
		if (backgrounds != null) add(sha, backgrounds, images(backgrounds));
		if (recipe.style() != null) add(sha, recipe.style().images(), images(recipe.style().images()));
		return Sha256.finish(sha);
	}

	private static void add(final MessageDigest sha, final Path folder, final List<String> names) {
		for (final String name : names)
			sha.update((name + " " + DatasetIdentity.sha256(folder.resolve(name)) + "\n")
				.getBytes(StandardCharsets.UTF_8));
	}
}
