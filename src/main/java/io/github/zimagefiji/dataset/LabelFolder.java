package io.github.zimagefiji.dataset;

import java.nio.file.Path;
import java.util.List;

import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.image.LabelImage;
import io.github.zimagefiji.image.PlaneChoice;

/** A folder with label images, before there is a recipe. */
public final class LabelFolder {

	private LabelFolder() {
		// only static methods
	}

	/**
	 * Reads the first label image, which all others must be as large as.
	 *
	 * @throws InvalidInputException if there is none, or it is no label image
	 */
	public static LabelImage first(final Path folder) {
		final List<String> names = LabelFiles.images(folder);
		if (names.isEmpty()) throw new InvalidInputException("The folder " + folder +
			" holds no TIFF or PNG file. Name the folder of the label images.");
		return LabelImage.open(folder.resolve(names.get(0)), PlaneChoice.SHOWN);
	}
}
