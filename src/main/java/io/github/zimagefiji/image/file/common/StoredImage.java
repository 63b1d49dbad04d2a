
package io.github.zimagefiji.image.file.common;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;

/**
 * One slice and frame of an image file as it is stored: before transparency is laid on anything.
 *
 * @param image all channels of the slice and frame; it has the file's name, its calibration and its
 *          display ranges
 * @param opacity (height, width), row-major, from 0, clear, to 1, opaque; null if the file says
 *          nothing of transparency
 * @param lossy whether it was packed in a way that changes numbers a little
 */
public record StoredImage(ImagePlus image, float[] opacity, boolean lossy) {

	/** What is stored number by number. */
	public StoredImage(final ImagePlus image, final float[] opacity) {
		this(image, opacity, false);
	}

	/** Whether a pixel is not quite opaque. */
	public boolean isTransparent() {
		if (opacity == null) return false;
		for (final float value : opacity)
			if (value < 1) return true;
		return false;
	}

	/** The image as it looks on white paper, of the type that it is stored in. */
	public ImagePlus onWhite() {
		if (!isTransparent()) return image;
		final ImagePlus source = isColourTable()
			? new ImagePlus(image.getTitle(), image.getProcessor().convertToRGB()) : image;
		final ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
		for (int plane = 1; plane <= source.getStackSize(); plane++)
			stack.addSlice(onWhite(source.getStack().getProcessor(plane)));
		return like(source, stack);
	}

	/** The numbers of such an image are no brightnesses. */
	public boolean isColourTable() {
		return image.getProcessor() instanceof ByteProcessor plane && image.getStackSize() == 1 &&
			!ColourTable.isRamp(plane.getLut());
	}

	/** Planes with everything else from another image. */
	private static ImagePlus like(final ImagePlus source, final ImageStack stack) {
		final ImagePlus made = new ImagePlus(source.getTitle(), stack);
		made.setCalibration(source.getCalibration());
		made.setFileInfo(source.getOriginalFileInfo());
		made.setDimensions(stack.size(), 1, 1);
		if (stack.getProcessor(1) instanceof ColorProcessor) return made;
		if (source instanceof CompositeImage shown && stack.size() > 1) {
			final CompositeImage composite = new CompositeImage(made, shown.getMode());
			for (int channel = 1; channel <= stack.size(); channel++)
				composite.setChannelLut((LUT) shown.getChannelLut(channel).clone(), channel);
			composite.setPosition(1, 1, 1);
			return composite;
		}
		made.setLut((LUT) source.getProcessor().getLut().clone());
		made.setDisplayRange(source.getDisplayRangeMin(), source.getDisplayRangeMax());
		return made;
	}

	private ImageProcessor onWhite(final ImageProcessor plane) {
		final ImageProcessor laid = plane.duplicate();
		// of a 16-bit image with a display range white is still 65535
		final float white = plane.getBitDepth() == 16 ? 65535 : plane.getBitDepth() == 32 ? 1 : 255;
		for (int i = 0; i < opacity.length; i++) {
			if (laid instanceof ColorProcessor) laid.set(i, onWhite(laid.get(i), opacity[i]));
			else if (plane.getBitDepth() == 32) laid.setf(i, mix(plane.getf(i), white, opacity[i]));
			else laid.set(i, Math.round(mix(plane.getf(i), white, opacity[i])));
		}
		return laid;
	}

	private static int onWhite(final int colour, final float opacity) {
		int made = 0;
		for (int shift = 0; shift <= 16; shift += 8)
			made |= Math.round(mix(colour >> shift & 0xff, 255, opacity)) << shift;
		return made;
	}

	private static float mix(final float value, final float white, final float opacity) {
		return value * opacity + white * (1 - opacity);
	}
}
