
package io.github.zimagefiji.image;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.LUT;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.ImageFile;
import io.github.zimagefiji.image.source.PlaneArrays;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.image.source.SourceImg;
import io.github.zimagefiji.image.source.SourcePlane;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityRange;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.RealType;

/**
 * An image of ImageJ or of a file that a request starts from: gives the request its
 * {@link InputImage}, and turns what is generated of it into an image of the same type, scale,
 * channels and display.
 * <p>
 * One plane is taken, with up to three channels, which are red, green and blue in that order,
 * whatever colours they are displayed in; pixels are copied. 8-bit images in colours (with a lookup
 * table that is neither the ramp of grey nor its inverse) are taken as they are displayed, and
 * their results are RGB. Of 16- and 32-bit images and of channels, and where grey is inverted, the
 * values count, not how they are displayed. Values are raw: a density calibration, also the one by
 * which ImageJ shows signed 16-bit numbers, is not applied.
 * </p>
 * <p>
 * {@link SourceImg#restore(GeneratedImage)} says how results get their values.
 * </p>
 */
public final class SourceImage {

	private final SourcePlane plane;
	private final SourceImg<?> pixels;
	/**
	 * Has pixel size and origin of a file; null for open images, whose owner carries over.
	 */
	private final ImagePlus calibrated;

	private SourceImage(final SourcePlane plane, final IntensityRange range,
		final ImagePlus calibrated)
	{
		this.plane = plane;
		this.calibrated = calibrated;
		pixels = pixels(PlaneArrays.join(plane.channels()), plane, range);
	}

	/**
	 * Takes what is shown of an open image.
	 *
	 * @see #of(ImagePlus, IntensityRange, PlaneChoice)
	 */
	public static SourceImage of(final ImagePlus image, final IntensityRange range) {
		return of(image, range, PlaneChoice.SHOWN);
	}

	/**
	 * Takes a plane of an open image; selections do not matter.
	 *
	 * @param range {@link IntensityRange#DISPLAY} takes the display range, of each channel where they
	 *          have their own; {@link IntensityRange#FULL} all that 8 or 16 bits hold, and for 32
	 *          bits from the least to the largest value of each channel. Where there is no contrast,
	 *          the value is black, and full lies 1 above it.
	 * @throws InvalidInputException if there are no pixels, no such plane, more than three channels
	 *           of which none is chosen, or values that are NaN or infinite
	 */
	public static SourceImage of(final ImagePlus image, final IntensityRange range,
		final PlaneChoice choice)
	{
		return new SourceImage(SourcePlane.of(image, choice), range, null);
	}

	/**
	 * Takes a plane of a TIFF, PNG (also of 16 bits), JPEG, GIF, BMP, DICOM, FITS or PGM file.
	 * Transparency is laid on white. Results have the file's pixel size.
	 *
	 * @param choice which slice and frame; 0 only where there is no other one
	 * @param range as for open images; {@link IntensityRange#DISPLAY} is as
	 *          {@link IntensityRange#FULL} if the file does not say how it is to be displayed, which
	 *          only ImageJ's TIFF files do
	 * @throws InvalidInputException if the file is missing or cannot be read, and as for open images
	 */
	public static SourceImage open(final Path file, final IntensityRange range,
		final PlaneChoice choice)
	{
		final ImagePlus image = ImageFile.open(file, choice);
		final boolean noDisplay = range == IntensityRange.DISPLAY && !ImageFile.hasDisplayRange(image);
		final SourcePlane plane = SourcePlane.of(image, PlaneChoice.ofChannel(choice.channel()));
		final ImagePlus calibrated =
			new ImagePlus(image.getTitle(), new ByteProcessor(image.getWidth(), image.getHeight()));
		calibrated.setCalibration(image.getCalibration());
		return new SourceImage(plane, noDisplay ? IntensityRange.FULL : range, calibrated);
	}

	private static <T extends RealType<T>> SourceImg<T> pixels(
		final Img<? extends RealType<?>> planes, final SourcePlane plane, final IntensityRange range)
	{
		// the types that PlaneArrays makes are all T extends RealType<T>
		@SuppressWarnings("unchecked")
		final Img<T> typed = (Img<T>) planes;
		return SourceImg.ofOwn(typed, plane.name(), plane.pixelType(), range,
			plane.luts().stream()
				.map(lut -> new double[] { Math.min(lut.min, lut.max), Math.max(lut.min, lut.max) })
				.toList());
	}

	/** What a request is made with. */
	public InputImage input() {
		return pixels.input();
	}

	/**
	 * The same source for ImgLib2: its results are (x, y, channel) of unsigned bytes, unsigned shorts
	 * or floats.
	 */
	public SourceImg<?> pixels() {
		return pixels;
	}

	/** Bytes of one pixel of a result, all its channels together. */
	int bytesPerPixel() {
		return plane.isRgb() ? 3 : plane.channels().size() * plane.channels().get(0).getBitDepth() / 8;
	}

	/**
	 * Turns generated images into one of the source's type: one as a single plane, several as the
	 * slices of a stack. Lookup tables, display ranges and the way channels are shown are the
	 * source's; title, labels and Info are as in {@link Images#toImagePlus(List, PixelFormat)}.
	 * Images of another size than the source's just get its scale.
	 * {@link CarryOver#between(ImagePlus, ImagePlus)} is left to the caller, who has the source.
	 *
	 * @param images at least one, all of the same size
	 * @throws InvalidInputException if there is none, if sizes differ, or if one does not hold 3 ×
	 *           height × width samples
	 */
	public ImagePlus restore(final List<GeneratedImage> images) {
		final ImagePlus made = make(images, pixels::restore);
		if (calibrated != null) CarryOver.between(calibrated, made);
		return made;
	}

	/**
	 * As {@link #restore(List)}, where the source lies within larger images, as after outpainting.
	 *
	 * @param left pixels of the results at the left of the source
	 * @param top pixels of the results above the source
	 * @throws InvalidInputException also if the source does not fit into the images there
	 */
	public ImagePlus restore(final List<GeneratedImage> images, final int left, final int top) {
		final ImagePlus made = make(images, image -> pixels.restore(image, left, top));
		if (calibrated != null) CarryOver.between(calibrated, made, left, top);
		return made;
	}

	private ImagePlus make(final List<GeneratedImage> images,
		final Function<GeneratedImage, Img<?>> restored)
	{
		final ImagePlus made =
			GeneratedStack.of(images, image -> PlaneArrays.split(restored.apply(image), plane.isRgb()));
		if (plane.isRgb()) return made;
		final LUT[] luts = plane.luts().stream().map(LUT::clone).toArray(LUT[]::new);
		if (plane.mode() == 0) {
			made.setLut(luts[0]);
			made.setDisplayRange(luts[0].min, luts[0].max);
			return made;
		}
		final CompositeImage composite = new CompositeImage(made, plane.mode());
		composite.setLuts(luts);
		composite.setPosition(1, 1, 1);
		return composite;
	}
}
