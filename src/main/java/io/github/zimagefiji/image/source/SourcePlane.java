
package io.github.zimagefiji.image.source;

import java.util.ArrayList;
import java.util.List;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.file.common.ColourTable;

/**
 * The plane of an ImageJ image that a request starts from, copied, and how it is displayed.
 *
 * @param name the image's title
 * @param channels one, which is grey or RGB, or two or three
 * @param luts of each grey channel, with its display range; empty for RGB
 * @param mode of a {@link CompositeImage}; 0 if it is none
 */
public record SourcePlane(String name, List<ImageProcessor> channels, List<LUT> luts, int mode) {

	private static final int MOST_CHANNELS = 3;

	/**
	 * Copies what is chosen of an image; see {@link SourceImage#of}.
	 *
	 * @throws InvalidInputException if there is no such plane, or more than three channels without a
	 *           choice
	 */
	public static SourcePlane of(final ImagePlus image, final PlaneChoice choice) {
		checkPixels(image);
		final PlaneChoice plane = choice.in(image);
		if (image.getNChannels() == 1 || image.getBitDepth() == 24)
			return single(image, processor(image, plane));
		if (choice.channel() > 0) return new SourcePlane(image.getTitle(),
			List.of(processor(image, plane)), List.of(lut(image, plane.channel())), 0);
		if (image.getNChannels() > MOST_CHANNELS) throw new InvalidInputException(
			"The image \"" + image.getTitle() + "\" has " + image.getNChannels() +
				" channels; at most three can be used, as red, green and blue. Choose one channel.");
		final List<ImageProcessor> channels = new ArrayList<>();
		final List<LUT> luts = new ArrayList<>();
		for (int channel = 1; channel <= image.getNChannels(); channel++) {
			channels.add(processor(image, new PlaneChoice(channel, plane.slice(), plane.frame())));
			luts.add(lut(image, channel));
		}
		return new SourcePlane(image.getTitle(), channels, luts,
			image instanceof CompositeImage composite ? composite.getMode() : 0);
	}

	/**
	 * A copy of one plane: of the channel that is chosen or shown.
	 *
	 * @throws InvalidInputException if there is no such plane, or if several channels are shown
	 *           together and none is chosen
	 */
	static ImageProcessor one(final ImagePlus image, final PlaneChoice choice) {
		checkPixels(image);
		if (choice.channel() == 0 && image.getNChannels() > 1 &&
			image instanceof CompositeImage shown && shown.getMode() == IJ.COMPOSITE)
			throw new InvalidInputException("The image \"" + image.getTitle() + "\" shows " +
				image.getNChannels() +
				" channels together, of which one is needed. Choose one by its number, or show one alone (Image > Color > " +
				"Channels Tool..., Grayscale).");
		return processor(image, choice.in(image));
	}

	private static void checkPixels(final ImagePlus image) {
		if (image.getWidth() < 1 || image.getHeight() < 1 || image.getStackSize() < 1)
			throw new InvalidInputException(
				"The image \"" + image.getTitle() + "\" has no pixels. Choose another image.");
	}

	private static SourcePlane single(final ImagePlus image, final ImageProcessor plane) {
		if (plane instanceof ColorProcessor)
			return new SourcePlane(image.getTitle(), List.of(plane), List.of(), 0);
		final LUT lut = lut(image, 1);
		if (!(plane instanceof ByteProcessor) || ColourTable.isRamp(lut))
			return new SourcePlane(image.getTitle(), List.of(plane), List.of(lut), 0);
		plane.setLut(lut);
		return new SourcePlane(image.getTitle(), List.of(plane.convertToRGB()), List.of(), 0);
	}

	/**
	 * What is on the screen may differ from the stack's own plane, as in virtual stacks.
	 */
	private static ImageProcessor processor(final ImagePlus image, final PlaneChoice plane) {
		final int index = image.getStackIndex(plane.channel(), plane.slice(), plane.frame());
		// getStack() would give a single image a stack and a label that it did not
		// have
		final boolean shown = image.getStackSize() == 1 || index == image.getCurrentSlice();
		return (shown ? image.getProcessor() : image.getStack().getProcessor(index)).duplicate();
	}

	/** A copy, with the display range. */
	private static LUT lut(final ImagePlus image, final int channel) {
		if (image instanceof CompositeImage composite)
			return (LUT) composite.getChannelLut(channel).clone();
		final LUT lut = (LUT) image.getProcessor().getLut().clone();
		lut.min = image.getDisplayRangeMin();
		lut.max = image.getDisplayRangeMax();
		return lut;
	}

	/** Whether the pixels are colours. */
	public boolean isRgb() {
		return luts.isEmpty();
	}

	/** {@code 8-bit}, {@code 16-bit}, {@code 32-bit} or {@code RGB}. */
	public String pixelType() {
		return isRgb() ? "RGB" : channels.get(0).getBitDepth() + "-bit";
	}
}
