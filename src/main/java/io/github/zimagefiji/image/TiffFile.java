
package io.github.zimagefiji.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.file.common.FileBytes;
import io.github.zimagefiji.image.file.common.TiffDirectory;
import io.github.zimagefiji.image.file.tiff.ImageJEntries;
import io.github.zimagefiji.image.png.PngFile;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.provenance.ProvenanceText;

/**
 * TIFF files as ImageJ writes them, with one or many images, and where they come from.
 */
public final class TiffFile {

	/** TIFF counts bytes with 32 bits; the rest is room for the metadata. */
	private static final long MAX_PIXEL_BYTES = 0xffffffffL - (1L << 26);

	private TiffFile() {
		// only static methods
	}

	/**
	 * Writes images into one file: the same bytes as ImageJ's <i>Save As Tiff</i> of
	 * {@link Images#toImagePlus(List, PixelFormat)}, but either in full or not at all.
	 *
	 * @param images at least one, all of the same size
	 * @throws InvalidInputException if the file cannot be written, if the pixels need more than about
	 *           4 GB, or if the images do not go together
	 */
	public static void write(final Path file, final List<GeneratedImage> images,
		final PixelFormat format)
	{
		checkSize(images, format.bytesPerPixel());
		write(file, Images.toImagePlus(images, format));
	}

	/**
	 * Writes images in the pixel type, scale and channels of the image that they were made from, so
	 * that 16 bits stay 16 bits; PNG files ({@link PngFile}) always hold 8-bit colour.
	 *
	 * @see SourceImage#restore(List)
	 * @throws InvalidInputException if the file cannot be written, if the pixels need more than about
	 *           4 GB, or if the images do not go together
	 */
	public static void write(final Path file, final SourceImage source,
		final List<GeneratedImage> images)
	{
		checkSize(images, source.bytesPerPixel());
		write(file, source.restore(images));
	}

	/**
	 * As {@link #write(Path, SourceImage, List)}, where the source lies within larger images, as
	 * after outpainting.
	 *
	 * @param left pixels of the images at the left of the source
	 * @param top pixels of the images above the source
	 * @see SourceImage#restore(List, int, int)
	 * @throws InvalidInputException also if the source does not fit into the images there
	 */
	public static void write(final Path file, final SourceImage source,
		final List<GeneratedImage> images, final int left, final int top)
	{
		checkSize(images, source.bytesPerPixel());
		write(file, source.restore(images, left, top));
	}

	private static void write(final Path file, final ImagePlus image) {
		// FileSaver itself reports failures in a window and writes where it is
		// told; this is what it does inside
		final FileSaver saver = new FileSaver(image);
		final FileInfo info = image.getFileInfo();
		info.info = image.getInfoProperty();
		info.description = saver.getDescriptionString();
		info.properties = image.getPropertiesAsArray();
		if (image.getStackSize() > 1) info.sliceLabels = image.getStack().getSliceLabels();
		if (image.isComposite()) saver.saveDisplayRangesAndLuts(image, info);
		AtomicFile.write(file, new TiffEncoder(info)::write);
	}

	/**
	 * Reads where the first image of a TIFF file comes from. Pixels are not read.
	 *
	 * @return nothing if the file was written by other means, or of an image that was not generated
	 * @throws InvalidInputException if the file cannot be read, is not a TIFF file, or is damaged
	 */
	public static Optional<Provenance> readProvenance(final Path file) {
		return readProvenances(file).stream().findFirst();
	}

	/**
	 * Reads where all images of a TIFF file come from, in their order.
	 *
	 * @see #readProvenance
	 */
	public static List<Provenance> readProvenances(final Path file) {
		try (FileBytes bytes = new FileBytes(file)) {
			final ImageJEntries entries = ImageJEntries.read(bytes, TiffDirectory.first(bytes),
				Set.of(ImageJEntries.INFO, ImageJEntries.LABELS));
			final List<String> infos = entries.texts(ImageJEntries.INFO);
			final List<Provenance> inInfo =
				ProvenanceText.read(infos.isEmpty() ? "" : infos.get(infos.size() - 1));
			return inInfo.isEmpty()
				? ProvenanceText.read(String.join("\n", entries.texts(ImageJEntries.LABELS))) : inInfo;
		}
		catch (final IOException e) {
			throw new FileFailedException(file, file + " could not be read", e,
				"Check its name and place.");
		}
	}

	private static void checkSize(final List<GeneratedImage> images, final int bytesPerPixel) {
		if (images.isEmpty())
			throw new InvalidInputException("There is no image to write. Generate at least one.");
		final GeneratedImage first = images.get(0);
		final long bytes = (long) first.width() * first.height() * bytesPerPixel * images.size();
		if (bytes > MAX_PIXEL_BYTES) throw new InvalidInputException(images.size() + " images need " +
			bytes / 1000000 + " MB, but a TIFF file holds at most 4200. Write fewer into one file.");
	}
}
