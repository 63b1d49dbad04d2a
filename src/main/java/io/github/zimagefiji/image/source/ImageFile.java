
package io.github.zimagefiji.image.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import ij.ImagePlus;
import ij.io.FileInfo;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.PictureFormat;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.JavaMemory;
import io.github.zimagefiji.image.file.common.StoredImage;

/**
 * Opens image files without windows or questions, wherever images come in: what is meant by a file
 * is the same for pictures, masks and labels.
 */
public final class ImageFile {

	private ImageFile() {
		// only static methods
	}

	/**
	 * Reads one slice and frame of a file with all its channels, as it is stored.
	 *
	 * @param choice 0 for a slice or frame stands for the only one that there is; the channel does
	 *          not matter
	 * @throws InvalidInputException if the file is missing, cut off, or not an image of a format that
	 *           is known; or if it has no such slice or frame, or several of which none is chosen
	 */
	static StoredImage read(final Path file, final PlaneChoice choice) {
		if (!Files.isRegularFile(file)) throw new InvalidInputException(
			"There is no image file " + file + ". Check its name and place.");
		try (FileBytes bytes = new FileBytes(file)) {
			return read(bytes, choice);
		}
		catch (final IOException e) {
			throw FileBytes.unreadable(file, e);
		}
		catch (final OutOfMemoryError e) {
			throw JavaMemory.tooSmall(0, file, e);
		}
		catch (final InvalidInputException e) {
			throw e;
		}
		catch (final RuntimeException e) {
			// Java's readers believe what a damaged file says
			throw unreadable(file, e);
		}
	}

	/**
	 * Reads one slice and frame of a file with all its channels; transparency is laid on white.
	 *
	 * @throws InvalidInputException as {@link #read}
	 */
	public static ImagePlus open(final Path file, final PlaneChoice choice) {
		return read(file, choice).onWhite();
	}

	/**
	 * Reads one plane of a file, where numbers are meant and not colours.
	 *
	 * @return an image of one channel, which can be RGB
	 * @throws InvalidInputException as {@link #read}; also if there are several channels of which
	 *           none is chosen
	 */
	static StoredImage onePlane(final Path file, final PlaneChoice choice) {
		final StoredImage stored = read(file, choice);
		return new StoredImage(choice.channelOf(stored.image()), stored.opacity(), stored.lossy());
	}

	/**
	 * Reads one plane of a file as numbers that mark objects. Of a table of colours the numbers
	 * count.
	 *
	 * @throws InvalidInputException as {@link #onePlane}; also if numbers can have changed, as in
	 *           JPEG files, or if pixels are transparent that have no number in a table
	 */
	static ImagePlus labels(final Path file, final PlaneChoice choice) {
		final StoredImage stored = onePlane(file, choice);
		if (stored.lossy()) throw new InvalidInputException(file +
			" is a JPEG picture, which changes the numbers of labels. Save the labels as TIFF or PNG.");
		if (stored.isTransparent() && !stored.isColourTable()) throw new InvalidInputException(file +
			" has transparent pixels, of which it is not known to what object they belong. Save the labels without transparency.");
		return stored.image();
	}

	/**
	 * Whether a file says how it is to be displayed, as ImageJ's own TIFF files do.
	 */
	public static boolean hasDisplayRange(final ImagePlus image) {
		final FileInfo info = image.getOriginalFileInfo();
		return info != null && (info.displayRanges != null ||
			info.description != null && info.description.contains("\nmax="));
	}

	private static StoredImage read(final FileBytes file, final PlaneChoice choice)
		throws IOException
	{
		final PictureFormat format = PictureFormat.of(file);
		if (format == null) throw unreadable(file.file(), null);
		return format.open(file, choice.slice(), choice.frame());
	}

	private static InvalidInputException unreadable(final Path file, final Throwable cause) {
		return new InvalidInputException(file +
			" cannot be read as an image. Use a TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM file that is whole.",
			cause);
	}
}
