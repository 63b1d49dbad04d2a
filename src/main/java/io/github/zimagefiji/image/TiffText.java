
package io.github.zimagefiji.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.tiff.ImageJEntries;
import io.github.zimagefiji.io.IOReason;

/**
 * What ImageJ wrote about an image into a TIFF file: its texts.
 *
 * @param info the Info property; empty if there is none
 * @param labels the labels of slices that have one, in order
 */
record TiffText(String info, List<String> labels) {

	/**
	 * Reads the texts of a file.
	 *
	 * @throws InvalidInputException if the file cannot be read, is not a TIFF file, or is damaged
	 */
	static TiffText read(final Path file) {
		try (FileBytes bytes = new FileBytes(file)) {
			final ImageJEntries entries = ImageJEntries.read(bytes, TiffDirectory.first(bytes),
				Set.of(ImageJEntries.INFO, ImageJEntries.LABELS));
			final List<String> info = entries.texts(ImageJEntries.INFO);
			return new TiffText(info.isEmpty() ? "" : info.get(info.size() - 1),
				entries.texts(ImageJEntries.LABELS));
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				file + " could not be read: " + IOReason.of(e) + ". Check its name and place.", e);
		}
	}
}
