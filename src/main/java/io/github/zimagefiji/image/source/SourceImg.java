
package io.github.zimagefiji.image.source;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.IntensityRange;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.loops.LoopBuilder;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

/**
 * An image of ImgLib2 that a request starts from: gives the request its {@link InputImage}, and
 * turns what is generated of it into an image of the same type and scale. {@link SourceImage} is
 * the same for ImageJ and files.
 * <p>
 * The pixels are copied; changing the image later changes nothing here. A result's value is
 * {@code low + sample × (high - low)}, the inverse of {@link IntensityMapping}; see
 * {@link #restore(GeneratedImage)}.
 * </p>
 *
 * @param <T> type of the pixels
 */
public final class SourceImg<T extends RealType<T>> {

	private static final int MOST_CHANNELS = 3;

	/** (x, y, channel), starting at 0. */
	private final Img<T> original;
	private final boolean flat;
	private final InputImage input;

	private SourceImg(final Img<T> original, final boolean flat, final String name,
		final IntensityMapping mapping)
	{
		this.original = original;
		this.flat = flat;
		input = new InputImage(name, (int) original.dimension(0), (int) original.dimension(1),
			samples(original, mapping), mapping);
	}

	/**
	 * Takes an image of any real type.
	 *
	 * @param image (x, y), which is grey; or (x, y, channel) with one channel, which is grey, or two
	 *          or three, which are red, green and blue
	 * @param name for people and provenance
	 * @param range {@link IntensityRange#DISPLAY} is as {@link IntensityRange#FULL}, which for
	 *          integer types of up to 16 bits is all that they hold, and for others from the least to
	 *          the largest value of each channel. A channel without contrast is black, and full lies
	 *          1 above its value.
	 * @throws InvalidInputException if there are no pixels or more than three channels, if the image
	 *           is too large, or if a value is NaN or infinite
	 */
	public static <T extends RealType<T>> SourceImg<T> of(final RandomAccessibleInterval<T> image,
		final String name, final IntensityRange range)
	{
		final Img<T> copy = copy(planes(image, name));
		final T type = image.getType();
		return new SourceImg<>(copy, image.numDimensions() == 2, name,
			new IntensityLimits<>(copy, name).mapping(range, type.getBitsPerPixel() + "-bit"));
	}

	/**
	 * Takes an image of packed colours; alpha is ignored. Its results are (x, y, channel) of bytes;
	 * {@link ArgbPlanes#merge} packs them again.
	 *
	 * @param image (x, y)
	 * @throws InvalidInputException if it has other dimensions, no pixels, or too many
	 */
	public static SourceImg<UnsignedByteType> ofArgb(final RandomAccessibleInterval<ARGBType> image,
		final String name)
	{
		return ofOwn(ArgbPlanes.split(image, name), name, "RGB", IntensityRange.FULL, List.of());
	}

	/**
	 * Takes planes that nobody else changes.
	 *
	 * @param planes (x, y, channel)
	 * @param display low and high of each channel where the range is {@link IntensityRange#DISPLAY};
	 *          empty if not known
	 */
	public static <T extends RealType<T>> SourceImg<T> ofOwn(final Img<T> planes, final String name,
		final String pixelType, final IntensityRange range, final List<double[]> display)
	{
		final IntensityLimits<T> limits = new IntensityLimits<>(planes, name);
		return new SourceImg<>(planes, false, name,
			range == IntensityRange.DISPLAY && !display.isEmpty() ? limits.display(display, pixelType)
				: limits.mapping(range, pixelType));
	}

	/** What a request is made with. */
	public InputImage input() {
		return input;
	}

	/**
	 * Turns a generated image into one of the source's type, scale and channels.
	 * <p>
	 * Grey is the luma (ITU-R BT.601) of the generated colour. Samples outside [0, 1] continue the
	 * scale; integer types round half to even and clamp to what the type holds. If the image has the
	 * source's size, a pixel whose three samples are to the bit those of {@link #input()} gets the
	 * source's own value, even one that lies outside the mapped range.
	 * </p>
	 *
	 * @return (x, y), or (x, y, channel) if the source had channels
	 * @throws InvalidInputException if the image does not hold 3 × height × width samples
	 */
	public Img<T> restore(final GeneratedImage image) {
		final boolean sameSize = image.width() == input.width() && image.height() == input.height();
		return new PixelRestorer<>(original, input, flat).restore(image, sameSize, 0, 0);
	}

	/**
	 * Turns a generated image that holds the source at some place, as after outpainting, into one of
	 * the source's type; otherwise as {@link #restore(GeneratedImage)}.
	 *
	 * @param left pixels of the result at the left of the source
	 * @param top pixels of the result above the source
	 * @throws InvalidInputException if the source does not fit into the result there
	 */
	public Img<T> restore(final GeneratedImage image, final int left, final int top) {
		if (left < 0 || top < 0 || (long) left + input.width() > image.width() ||
			(long) top + input.height() > image.height())
			throw new InvalidInputException("An image of " + input.width() + " × " + input.height() +
				" pixels does not fit into one of " + image.width() + " × " + image.height() + " at (" +
				left + ", " + top + ").");
		return new PixelRestorer<>(original, input, flat).restore(image, true, left, top);
	}

	private static <T> RandomAccessibleInterval<T> planes(final RandomAccessibleInterval<T> image,
		final String name)
	{
		Objects.requireNonNull(name, "name");
		final long[] size = image.dimensionsAsLongArray();
		if (size.length != 2 && size.length != 3)
			throw new InvalidInputException("The image \"" + name + "\" has the dimensions " +
				Arrays.toString(size) + ". Give (x, y) or (x, y, channel).");
		final long channels = size.length == 3 ? size[2] : 1;
		if (channels > MOST_CHANNELS)
			throw new InvalidInputException("The image \"" + name + "\" has " + channels +
				" channels; at most three can be used, as red, green and blue. Choose one.");
		checkSize(name, size[0], size[1], channels);
		return Views.zeroMin(size.length == 3 ? image : Views.addDimension(image, 0, 0));
	}

	/** Samples are in one array. */
	static void checkSize(final String name, final long width, final long height,
		final long channels)
	{
		if (width < 1 || height < 1 || channels < 1) throw new InvalidInputException(
			"The image \"" + name + "\" has no pixels. Choose another image.");
		if (width > Integer.MAX_VALUE / MOST_CHANNELS / height)
			throw new InvalidInputException("The image \"" + name + "\" of " + width + " × " + height +
				" pixels is too large. Crop or scale it to less than 715 million pixels.");
	}

	private static <T extends RealType<T>> Img<T> copy(final RandomAccessibleInterval<T> image) {
		final Img<T> copy = Util.getSuitableImgFactory(image, image.getType()).create(image);
		LoopBuilder.setImages(image, copy).forEachPixel((from, to) -> to.set(from));
		return copy;
	}

	private static <T extends RealType<T>> float[] samples(final Img<T> planes,
		final IntensityMapping mapping)
	{
		final int pixels = (int) (planes.dimension(0) * planes.dimension(1));
		final float[] samples = new float[MOST_CHANNELS * pixels];
		final Cursor<T> cursor = Views.flatIterable(planes).cursor();
		for (int channel = 0, at = 0; channel < mapping.channels(); channel++) {
			final double low = mapping.low().get(channel);
			final double range = mapping.high().get(channel) - low;
			for (int i = 0; i < pixels; i++)
				samples[at++] =
					(float) Math.min(Math.max((cursor.next().getRealDouble() - low) / range, 0), 1);
		}
		if (mapping.channels() > 1) return samples;
		System.arraycopy(samples, 0, samples, pixels, pixels);
		System.arraycopy(samples, 0, samples, 2 * pixels, pixels);
		return samples;
	}
}
