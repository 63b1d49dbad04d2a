
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.image.source.PlaneChoice;

/** A folder with labels, before there is a recipe. */
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
		FolderCheck.checkOneKind(folder, LabelFiles.labels(folder), "labels");
		return LabelFiles.images(folder).stream().findFirst()
			.map(name -> LabelImage.open(folder.resolve(name), PlaneChoice.SHOWN));
	}
}
