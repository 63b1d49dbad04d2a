
package io.github.zimagefiji.image;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import javax.imageio.ImageIO;

import ij.IJ;
import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import ij.io.TiffDecoder;

import io.github.zimagefiji.IOReason;
import io.github.zimagefiji.InvalidInputException;

/**
 * Opens image files without windows or questions. PNG, JPEG, GIF and BMP files
 * are read by Java's own readers, which say why one cannot be read; TIFF,
 * DICOM, FITS and PGM files by ImageJ, which fills up what is cut off, so the
 * length of TIFF files is checked before.
 */
final class ImageFile {

	private static final Set<Integer> JAVAS_OWN = Set.of(Opener.PNG, Opener.JPEG,
		Opener.GIF, Opener.BMP);
	private static final Set<Integer> IMAGEJS_OWN = Set.of(Opener.TIFF,
		Opener.TIFF_AND_DICOM, Opener.DICOM, Opener.FITS, Opener.PGM);

	private ImageFile() {
		// only static methods
	}

	/**
	 * Reads one slice and frame of a file with all its channels, as it is stored.
	 *
	 * @param choice 0 for a slice or frame stands for the only one that there is;
	 *          the channel does not matter
	 * @throws InvalidInputException if the file is missing, cut off, or not an
	 *           image of a format that is known; or if it has no such slice or
	 *           frame, or several of which none is chosen
	 */
	static StoredImage read(final Path file, final PlaneChoice choice) {
		if (!Files.isRegularFile(file)) throw new InvalidInputException(
			"There is no image file " + file + ". Check its name and place.");
		final ImagePlus image = read(file);
		if (image == null || image.getWidth() < 1 || image.getHeight() < 1)
			throw unreadable(file, null);
		image.setTitle(file.getFileName().toString());
		return new StoredImage(choice.of(image), null);
	}

	/**
	 * Reads one slice and frame of a file with all its channels; transparency is
	 * laid on white.
	 *
	 * @throws InvalidInputException as {@link #read}
	 */
	static ImagePlus open(final Path file, final PlaneChoice choice) {
		return read(file, choice).onWhite();
	}

	/**
	 * Reads one plane of a file, where numbers are meant and not colours.
	 *
	 * @return an image of one channel, which can be RGB
	 * @throws InvalidInputException as {@link #read}; also if there are several
	 *           channels of which none is chosen
	 */
	static StoredImage onePlane(final Path file, final PlaneChoice choice) {
		final StoredImage stored = read(file, choice);
		return new StoredImage(choice.channelOf(stored.image()), stored.opacity());
	}

	/**
	 * Whether a file says how it is to be displayed, as ImageJ's own TIFF files
	 * do.
	 */
	static boolean hasDisplayRange(final ImagePlus image) {
		final FileInfo info = image.getOriginalFileInfo();
		return info != null && (info.displayRanges != null ||
			info.description != null && info.description.contains("\nmax="));
	}

	private static ImagePlus read(final Path file) {
		final boolean redirecting = IJ.redirectingErrorMessages();
		try {
			final Opener opener = new Opener();
			opener.setSilentMode(true);
			final int type = opener.getFileType(file.toString());
			if (JAVAS_OWN.contains(type)) return picture(file);
			if (!IMAGEJS_OWN.contains(type)) throw unreadable(file, null);
			if (type == Opener.TIFF) checkLength(file);
			// ImageJ says in a window of its own what is wrong with a file that only
			// is called .dcm
			if (type == Opener.DICOM && !isDicom(file)) throw unreadable(file, null);
			IJ.redirectErrorMessages(true);
			return opener.openImage(file.toAbsolutePath().toString());
		}
		catch (final IOException e) {
			throw new InvalidInputException(file + " could not be read: " + IOReason
				.of(e) + ". Check the file, or save it again as TIFF or PNG.", e);
		}
		catch (final InvalidInputException e) {
			throw e;
		}
		catch (final RuntimeException | OutOfMemoryError e) {
			// readers believe the sizes in a damaged file
			throw unreadable(file, e);
		}
		finally {
			IJ.redirectErrorMessages(redirecting);
		}
	}

	private static InvalidInputException unreadable(final Path file,
		final Throwable cause)
	{
		return new InvalidInputException(file +
			" cannot be read as an image. Use a TIFF, PNG, JPEG, GIF, BMP, DICOM, FITS or PGM file that is whole.",
			cause);
	}

	/** Transparency is laid on white, as ImageJ does. */
	private static ImagePlus picture(final Path file) throws IOException {
		final BufferedImage picture = ImageIO.read(file.toFile());
		if (picture == null) return null;
		if (!picture.getColorModel().hasAlpha()) return new ImagePlus(file
			.getFileName().toString(), picture);
		final BufferedImage opaque = new BufferedImage(picture.getWidth(), picture
			.getHeight(), BufferedImage.TYPE_INT_RGB);
		final Graphics graphics = opaque.getGraphics();
		graphics.drawImage(picture, 0, 0, Color.WHITE, null);
		graphics.dispose();
		return new ImagePlus(file.getFileName().toString(), opaque);
	}

	private static void checkLength(final Path file) throws IOException {
		TiffText.read(file);
		final Path folder = file.toAbsolutePath().getParent();
		final FileInfo[] infos = new TiffDecoder(folder.toString(), file
			.getFileName().toString()).getTiffInfo();
		if (infos == null || infos.length == 0) throw unreadable(file, null);
		for (final FileInfo info : infos) {
			if (end(info) > Files.size(file)) throw new InvalidInputException(file +
				" is cut off or damaged. Copy or download it again.");
		}
	}

	private static boolean isDicom(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return new String(in.readNBytes(132), StandardCharsets.ISO_8859_1)
				.endsWith("DICM");
		}
	}

	/** Where the last byte of pixels lies, at the least. */
	private static long end(final FileInfo info) {
		final long plane = (long) info.width * info.height * info
			.getBytesPerPixel();
		if (info.nImages > 1) return info.getOffset() + info.nImages * plane +
			(info.nImages - 1) * info.getGap();
		if (info.stripOffsets == null || info.stripLengths == null) return info
			.getOffset() + plane;
		long end = 0;
		for (int i = 0; i < Math.min(info.stripOffsets.length,
			info.stripLengths.length); i++)
			end = Math.max(end, (info.stripOffsets[i] & 0xffffffffL) +
				(info.stripLengths[i] & 0xffffffffL));
		return end;
	}
}
