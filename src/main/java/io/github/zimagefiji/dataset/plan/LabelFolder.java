
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.io.Folders;

/** What lies in folders of labels and images. */
public final class LabelFolder {

	private LabelFolder() {
		// only static methods
	}

	/**
	 * Reads the first label image, which all others must be as large as.
	 *
	 * @return nothing if there are only ROI sets, which do not say how large their image is
	 * @throws InvalidInputException if there are no labels, or it is no label image
	 */
	public static Optional<LabelImage> firstImage(final Path folder) {
		FolderCheck.checkOneKind(folder, labels(folder), "labels");
		return images(folder).stream().findFirst()
			.map(name -> LabelImage.open(folder.resolve(name), PlaneChoice.SHOWN));
	}

	/**
	 * The files that can be labels.
	 *
	 * @throws InvalidInputException if there are none
	 */
	static List<String> labels(final Path folder) {
		final List<String> names = files(folder, name -> isImage(name) || RoiSet.isNamed(name));
		if (names.isEmpty()) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file and no ROI set (.zip, .roi). Name the folder of the labels.");
		return names;
	}

	/** The files that are images. */
	public static List<String> images(final Path folder) {
		return files(folder, LabelFolder::isImage);
	}

	private static List<String> files(final Path folder, final Predicate<String> wanted) {
		return Folders.list(folder).stream().map(file -> file.getFileName().toString()).filter(wanted)
			.toList();
	}

	private static boolean isImage(final String name) {
		return name.toLowerCase(Locale.ROOT).matches("[^.].*\\.(tif|tiff|png)");
	}
}
