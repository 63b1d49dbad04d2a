
package io.github.zimagefiji.image.file.common;

import java.io.IOException;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * The orientation of TIFF 6.0 and Exif (tag 274): how a picture, which a camera stores as its
 * sensor lies, is to be turned.
 */
public final class Orientation {

	public static final int UPRIGHT = 1;
	private static final int LAST = 8;

	private Orientation() {
		// only static methods
	}

	/**
	 * Reads the orientation of a TIFF structure as Exif data are; damaged ones say nothing.
	 */
	public static int ofExif(final FileBytes file, final long place, final long length)
		throws IOException
	{
		try {
			return of(TiffDirectory.first(file.part(place, length)));
		}
		catch (final InvalidInputException e) {
			return UPRIGHT;
		}
	}

	/** The orientation that a directory states; upright if it is not known. */
	public static int of(final TiffDirectory directory) throws IOException {
		final long stated = directory.number(TiffTag.ORIENTATION, UPRIGHT);
		return stated < UPRIGHT || stated > LAST ? UPRIGHT : (int) stated;
	}

	/** Turns what was read so that it is upright. */
	public static StoredImage turn(final StoredImage stored, final int orientation) {
		if (orientation == UPRIGHT) return stored;
		final ImagePlus image = stored.image();
		final ImageStack turned = new ImageStack();
		for (int plane = 1; plane <= image.getStackSize(); plane++)
			turned.addSlice(image.getStack().getSliceLabel(plane),
				turn(image.getStack().getProcessor(plane), orientation));
		final float[] opacity =
			stored
				.opacity() == null
					? null
					: (float[]) turn(
						new FloatProcessor(image.getWidth(), image.getHeight(), stored.opacity()), orientation)
						.getPixels();
		if (image instanceof CompositeImage composite) {
			final CompositeImage made = new CompositeImage(made(image, turned), composite.getMode());
			made.setLuts(composite.getLuts());
			made.setPosition(1, 1, 1);
			return new StoredImage(made, opacity, stored.lossy());
		}
		final ImagePlus made = made(image, turned);
		made.setDisplayRange(image.getDisplayRangeMin(), image.getDisplayRangeMax());
		return new StoredImage(made, opacity, stored.lossy());
	}

	private static ImagePlus made(final ImagePlus image, final ImageStack turned) {
		final ImagePlus made = new ImagePlus(image.getTitle(), turned);
		made.setDimensions(image.getNChannels(), image.getNSlices(), image.getNFrames());
		made.setCalibration(image.getCalibration());
		if (made.getWidth() != image.getWidth()) {
			made.getCalibration().pixelWidth = image.getCalibration().pixelHeight;
			made.getCalibration().pixelHeight = image.getCalibration().pixelWidth;
		}
		made.setFileInfo(image.getOriginalFileInfo());
		return made;
	}

	/** The eight ways: what is first in the file is at another corner. */
	private static ImageProcessor turn(final ImageProcessor stored, final int orientation) {
		final ImageProcessor turned = switch (orientation) {
			case 6, 7 -> stored.rotateRight();
			case 5, 8 -> stored.rotateLeft();
			default -> stored.duplicate();
		};
		if (orientation == 3) {
			turned.flipHorizontal();
			turned.flipVertical();
		}
		if (orientation == 2) turned.flipHorizontal();
		if (orientation == 4 || orientation == 5 || orientation == 7) turned.flipVertical();
		return turned;
	}
}
