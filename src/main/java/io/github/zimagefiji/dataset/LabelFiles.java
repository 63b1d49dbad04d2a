package io.github.zimagefiji.dataset;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.Sha256;
import io.github.zimagefiji.dataset.output.Folders;
import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.image.LabelImage;
import io.github.zimagefiji.image.PlaneChoice;

/** The label images of a folder: TIFF and PNG files, sorted by name. */
final class LabelFiles {

	/** What objects are called that have no class of their own. */
	static final String CLASS = "object";

	private final Recipe recipe;
	private final Path folder;
	private final List<String> names;

	/** @throws InvalidInputException if the recipe's folder cannot be read or has no such file */
	LabelFiles(final Recipe recipe) {
		this.recipe = recipe;
		folder = recipe.labels() instanceof LabelSource.Folder files ? files.folder()
			: recipe.labels() instanceof LabelSource.RealImages real ? real.folder() : null;
		names = folder == null ? List.of() : images(folder);
		if (folder != null && names.isEmpty()) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file. Name the folder of the label images.");
	}

	/** The files' names; none without a folder. */
	List<String> names() {
		return names;
	}

	/** The files of a folder that are images. */
	static List<String> images(final Path folder) {
		return Folders.list(folder).stream().map(file -> file.getFileName().toString()).filter(name -> name.toLowerCase(
			Locale.ROOT).matches("[^.].*\\.(tif|tiff|png)")).toList();
	}

	/**
	 * Reads one.
	 *
	 * @throws InvalidInputException if it is no label image of the recipe's size
	 */
	Scene read(final String name) {
		final LabelImage image = LabelImage.open(folder.resolve(name), PlaneChoice.SHOWN);
		final int width = recipe.sampling().width();
		final int height = recipe.sampling().height();
		if (image.width() != width || image.height() != height) throw new InvalidInputException("The label image " + folder
			.resolve(name) + " has " + image.width() + " × " + image.height() + " pixels, but the recipe's size is " + width +
			" × " + height + ". Cut or resize it (without interpolation), or change the size.");
		return Scene.of(image, CLASS);
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
