
package io.github.zimagefiji.dataset.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Finds folders in which images and labels lie side by side, where only one of both is meant: all
 * of their files would be taken for it.
 */
final class FolderCheck {

	/** What programs append to an image's name for its labels. */
	private static final Pattern LABELS = Pattern.compile(
		"(.+?)[-_. ](cp_masks|masks?|labels?|label_?image|seg|segmentation|gt|groundtruth|instances?|annotations?)");
	private static final Pattern IMAGE = Pattern.compile("(.+)[-_. ](img|image|raw)");

	private FolderCheck() {
		// only static methods
	}

	/**
	 * Refuses a folder with images and their labels.
	 *
	 * @param names of its files
	 * @param what they are taken for, such as {@code labels}
	 * @throws InvalidInputException if there is such a pair
	 */
	static void checkOneKind(final Path folder, final List<String> names, final String what) {
		final Map<String, String> images = new HashMap<>();
		for (final String name : names) {
			final String base = base(name);
			images.put(base, name);
			final Matcher image = IMAGE.matcher(base);
			if (image.matches()) images.put(image.group(1), name);
		}
		for (final String name : names) {
			final Matcher labels = LABELS.matcher(base(name));
			final String image = labels.matches() ? images.get(labels.group(1)) : null;
			if (image != null)
				throw new InvalidInputException("The folder " + folder + " holds " + image + " and " +
					name + ", an image beside its labels, and all of its files would be taken for " + what +
					". Put images and labels into different folders.");
		}
	}

	/**
	 * Refuses to take one folder for labels and for images.
	 *
	 * @param images null for none
	 * @param what the images are, such as {@code real images}
	 * @throws InvalidInputException if both are the same folder
	 */
	static void checkOther(final Path labels, final Path images, final String what) {
		if (labels == null || images == null || !isSame(labels, images)) return;
		throw new InvalidInputException(
			"The folder " + labels + " is named for the labels and for the " + what +
				". Put images and labels into different folders.");
	}

	/**
	 * Refuses an image that is its own labels.
	 *
	 * @throws InvalidInputException if both files hold the same, or one cannot be read
	 */
	static void checkDiffers(final Path labels, final Path image) {
		try {
			if (Files.mismatch(labels, image) >= 0) return;
		}
		catch (final IOException e) {
			return; // who reads the files says why they cannot be read
		}
		throw new InvalidInputException("The labels " + labels + " and the image " + image +
			" hold the same. Name the folder of the labels and that of the images.");
	}

	private static boolean isSame(final Path one, final Path other) {
		try {
			return Files.isSameFile(one, other);
		}
		catch (final IOException e) {
			return false; // who reads the folder says that it is missing
		}
	}

	private static String base(final String name) {
		return name.toLowerCase(Locale.ROOT).replaceFirst("(\\.ome)?\\.[^.]*$", "");
	}
}
