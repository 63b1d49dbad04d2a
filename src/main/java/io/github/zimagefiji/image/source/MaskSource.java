
package io.github.zimagefiji.image.source;

import java.nio.file.Path;

import ij.ImagePlus;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.file.common.StoredImage;
import io.github.zimagefiji.request.InputMask;

/**
 * Makes masks of selections, mask images and label images. Requests check that a mask has its
 * image's size.
 */
public final class MaskSource {

	private MaskSource() {
		// only static methods
	}

	/**
	 * The inside of an image's selection, of the image's size. Areas of any shape will do, also
	 * composed ones; what lies outside the image is left out.
	 *
	 * @return 1 within, 0 outside
	 * @throws InvalidInputException if there is no selection, if it is a line, points or text, or
	 *           lies outside the image
	 */
	public static InputMask ofSelection(final ImagePlus image) {
		final Roi roi = image.getRoi();
		if (roi == null) throw new InvalidInputException("The image \"" + image.getTitle() +
			"\" has no selection. Select the area that is to be painted anew.");
		if (!roi.isArea() || roi.isLine()) throw new InvalidInputException(
			"The selection of \"" + image.getTitle() + "\" is no area (" + roi.getTypeAsString() +
				"). Select an area, such as a rectangle, an oval or a freehand outline.");
		final ByteProcessor mask = new ByteProcessor(image.getWidth(), image.getHeight());
		mask.setValue(1);
		mask.fill(roi);
		return new InputMask("selection of " + image.getTitle(), mask.getWidth(), mask.getHeight(),
			floats(mask));
	}

	/**
	 * A plane of a mask image: what is bright is painted.
	 * <p>
	 * 8-bit and RGB images count as they are displayed, so inverted lookup tables and the display
	 * range matter: a pixel's value is its luma (ITU-R BT.601), from black, 0, to white, 1. In 16-bit
	 * and 32-bit images it is the number, calibrated where the image has a density calibration,
	 * divided by the largest of the plane, with negative ones 0; if the lookup table is inverted, 1
	 * less that. From 0.5 on, a pixel is painted.
	 * </p>
	 *
	 * @throws InvalidInputException if no pixel is bright, if there are whole areas that are neither
	 *           dark nor bright, as in a label image, if a value is NaN or infinite, if an 8-bit
	 *           image is displayed otherwise than its calibrated numbers are, or if there is no such
	 *           plane
	 */
	public static InputMask ofMask(final ImagePlus image, final PlaneChoice choice) {
		return MaskPlane.of(image, SourcePlane.one(image, choice));
	}

	/**
	 * Reads a mask from a file; see {@link SourceImage#open} for formats. If the file is transparent
	 * somewhere, and all that can be seen has one colour, its opacity is the mask, whatever the
	 * colour.
	 *
	 * @throws InvalidInputException as {@link #ofMask}, if the file cannot be read, if it is
	 *           transparent and has several colours, or if it is stored with 0 as white
	 */
	public static InputMask openMask(final Path file, final PlaneChoice choice) {
		final StoredImage stored = opened(file, choice);
		return stored.isTransparent() ? OpacityMask.of(stored)
			: ofMask(stored.image(), PlaneChoice.SHOWN);
	}

	/**
	 * A mask for a control picture: as {@link #ofMask}, but of an image that looks like a label image
	 * all of its objects.
	 */
	public static InputMask ofMaskOrLabels(final ImagePlus image, final PlaneChoice choice) {
		return MaskPlane.looksLikeLabels(image, SourcePlane.one(image, choice))
			? ofLabels(LabelImage.of(image, choice)) : ofMask(image, choice);
	}

	/** As {@link #ofMaskOrLabels}, of a file. */
	public static InputMask openMaskOrLabels(final Path file, final PlaneChoice choice) {
		final StoredImage stored = opened(file, choice);
		return stored.isTransparent() ? OpacityMask.of(stored)
			: ofMaskOrLabels(stored.image(), PlaneChoice.SHOWN);
	}

	/**
	 * Programs that store what they mark as 0 and as white, and those that store it as 1 and as
	 * black, write the same file.
	 */
	private static StoredImage opened(final Path file, final PlaneChoice choice) {
		final StoredImage stored = ImageFile.onePlane(file, choice);
		if (stored.image().isInvertedLut()) throw new InvalidInputException("The mask \"" +
			stored.image().getTitle() +
			"\" is stored with 0 as white, as Python's tifffile stores booleans, so that it cannot be told whether " +
			"its black or its white is to be painted. To paint where its numbers are above 0, read it as a label image: " +
			MaskPlane.LABELS_WAYS + " Otherwise save it with 0 as black.");
		return stored;
	}

	/**
	 * All objects of a label image.
	 *
	 * @return 1 where the label is above 0, 0 elsewhere
	 */
	public static InputMask ofLabels(final LabelImage labels) {
		final float[] values = new float[labels.labels().length];
		for (int i = 0; i < values.length; i++)
			values[i] = labels.labels()[i] > 0 ? 1 : 0;
		return new InputMask(labels.name(), labels.width(), labels.height(), values);
	}

	/**
	 * One object of a label image.
	 *
	 * @param label above 0
	 * @return 1 within the object, 0 elsewhere
	 * @throws InvalidInputException if the image does not hold it
	 */
	public static InputMask ofLabel(final LabelImage labels, final int label) {
		final float[] values = new float[labels.labels().length];
		boolean any = false;
		for (int i = 0; i < values.length; i++) {
			values[i] = labels.labels()[i] == label ? 1 : 0;
			any |= values[i] > 0;
		}
		if (label < 1 || !any) throw new InvalidInputException("The label image \"" + labels.name() +
			"\" does not hold the label " + label + ". Choose one of its " + labels.count() + ".");
		return new InputMask(labels.name() + ", label " + label, labels.width(), labels.height(),
			values);
	}

	private static float[] floats(final ByteProcessor plane) {
		final float[] values = new float[plane.getPixelCount()];
		for (int i = 0; i < values.length; i++)
			values[i] = plane.get(i);
		return values;
	}
}
