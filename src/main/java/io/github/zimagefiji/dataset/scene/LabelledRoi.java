
package io.github.zimagefiji.dataset.scene;

import java.awt.Rectangle;
import java.io.IOException;

import ij.gui.Roi;
import ij.io.RoiDecoder;
import io.github.zimagefiji.error.InvalidInputException;

/**
 * One ROI of ImageJ as the outline of an object.
 *
 * @param what it and its file, for people
 * @param roi an area
 * @param group its number in ImageJ; 0 for none
 */
record LabelledRoi(String what, Roi roi, int group) {

	/**
	 * The most that one may take in a file: an outline of 65535 points takes 0.8 MB.
	 */
	static final int MOST_BYTES = 1 << 24;

	private static final int HEADER = 64;
	private static final int VERSION_OF_GROUPS = 228;
	/**
	 * From here on, groups above 255 stand in a separate place, which ImageJ's constants do not name
	 * yet.
	 */
	private static final int VERSION_OF_LARGE_GROUPS = 229;
	private static final int LARGE_GROUP = 52;
	private static final int SHORT_POINT = 4;
	private static final int EXACT_POINT = 12;
	/**
	 * ImageJ makes a point of every second pixel along a fitted curve, however far apart those of the
	 * file are.
	 */
	private static final int MOST_SPLINE_POINTS = 5000;
	private static final int POLYGON = 0;
	private static final int RECTANGLE = 1;
	private static final int OVAL = 2;
	private static final int FREEHAND = 7;
	private static final int TRACED = 8;
	private static final int POINT = 10;

	/**
	 * Reads one with ImageJ's own decoder. What the decoder would believe is checked before: data may
	 * come from anywhere.
	 *
	 * @param data the bytes of a {@code .roi} file; changed
	 * @param what it and its file, for people
	 * @throws InvalidInputException if it is no ROI or no area
	 */
	static LabelledRoi read(final byte[] data, final String what) {
		if (data.length < HEADER || data[0] != 'I' || data[1] != 'o' || data[2] != 'u' ||
			data[3] != 't')
			throw new InvalidInputException(
				what + " is no ROI of ImageJ. Save it anew from ImageJ's ROI Manager.");
		checkKind(data, what);
		if (needed(data) > data.length || overlaps(data)) throw damaged(what, null);
		final int group = takeGroup(data);
		try {
			final Roi roi = new RoiDecoder(data, null).getRoi();
			if (roi != null && roi.isArea()) return new LabelledRoi(what, roi, group);
		}
		catch (final IOException | RuntimeException | OutOfMemoryError e) {
			throw damaged(what, e);
		}
		throw damaged(what, null);
	}

	/**
	 * What its object is called: by its group if it has one, whose name in ImageJ differs between
	 * computers.
	 */
	String className(final String otherwise) {
		return group > 0 ? "group " + group : otherwise;
	}

	/**
	 * Demands that some of it lies in an image, and that it is not meant for a much larger one.
	 *
	 * @throws InvalidInputException if it does not
	 */
	void checkPlace(final int width, final int height) {
		final Rectangle bounds = roi.getBounds();
		final Rectangle image = new Rectangle(width, height);
		final Rectangle around = new Rectangle(-width, -height, 3 * width, 3 * height);
		if (bounds.isEmpty() || !bounds.intersects(image) || !around.contains(bounds))
			throw new InvalidInputException(
				what + " lies at x = " + bounds.x + ", y = " + bounds.y + " and has " + bounds.width +
					" × " + bounds.height + " pixels, which does not suit an image of " + width + " × " +
					height + ". Remove it, or change the recipe's size.");
	}

	private static void checkKind(final byte[] data, final String what) {
		if (isComposite(data)) return;
		final int type = data[RoiDecoder.TYPE];
		final int subtype = unsigned(data, RoiDecoder.SUBTYPE);
		final String kind = type == POINT ? "points"
			: subtype == RoiDecoder.TEXT ? "a text" : subtype == RoiDecoder.IMAGE ? "an image"
				: type == POLYGON || type == RECTANGLE || type == OVAL || type == FREEHAND || type == TRACED
					? null : "a line";
		if (kind != null) throw new InvalidInputException(
			what + " is " + kind + " and fills no area. Remove it from the set, or outline the object.");
	}

	/** Bytes that must be there, going by the number of points. */
	private static long needed(final byte[] data) {
		if (isComposite(data)) return HEADER + 4L * integer(data, RoiDecoder.SHAPE_ROI_SIZE);
		if (data[RoiDecoder.TYPE] == RECTANGLE || data[RoiDecoder.TYPE] == OVAL) return HEADER;
		final int few = unsigned(data, RoiDecoder.N_COORDINATES);
		final int points = few > 0 ? few : integer(data, RoiDecoder.SIZE);
		final int options = unsigned(data, RoiDecoder.OPTIONS);
		if (points < 1 || (options & RoiDecoder.SPLINE_FIT) != 0 && points > MOST_SPLINE_POINTS)
			return Long.MAX_VALUE;
		return HEADER + (long) points *
			((options & RoiDecoder.SUB_PIXEL_RESOLUTION) != 0 ? EXACT_POINT : SHORT_POINT);
	}

	/**
	 * Takes the group out: for one with a group, ImageJ looks for a colour and logs when it finds
	 * none.
	 */
	private static int takeGroup(final byte[] data) {
		final int version = unsigned(data, RoiDecoder.VERSION_OFFSET);
		final int second = integer(data, RoiDecoder.HEADER2_OFFSET);
		if (version < VERSION_OF_GROUPS || second < HEADER ||
			second > data.length - RoiDecoder.IMAGE_SIZE - 4) return 0;
		final int at = second + RoiDecoder.GROUP;
		final int group = data[at] & 0xff;
		data[at] = 0;
		if (group > 0 || version < VERSION_OF_LARGE_GROUPS || second > data.length - LARGE_GROUP - 2)
			return group;
		return unsigned(data, second + LARGE_GROUP);
	}

	/**
	 * Whether the second header lies within the first one; ImageJ would read it there, and complain
	 * of groups on standard output.
	 */
	private static boolean overlaps(final byte[] data) {
		final int second = integer(data, RoiDecoder.HEADER2_OFFSET);
		return second > 0 && second < HEADER;
	}

	private static boolean isComposite(final byte[] data) {
		return integer(data, RoiDecoder.SHAPE_ROI_SIZE) > 0;
	}

	private static int unsigned(final byte[] data, final int at) {
		return (data[at] & 0xff) << 8 | data[at + 1] & 0xff;
	}

	private static int integer(final byte[] data, final int at) {
		return unsigned(data, at) << 16 | unsigned(data, at + 2);
	}

	private static InvalidInputException damaged(final String what, final Throwable cause) {
		return new InvalidInputException(what + " is damaged. Save it anew from ImageJ's ROI Manager.",
			cause);
	}
}
