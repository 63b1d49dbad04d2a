
package io.github.zimagefiji.image;

import java.awt.Color;
import java.util.List;
import java.util.stream.IntStream;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.source.Intensities;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.type.numeric.real.FloatType;

/**
 * Generated images as images of ImgLib2 and ImageJ. Every method copies the samples: changing what
 * it returns does not change the generated image.
 */
public final class Images {

	private Images() {
		// only static methods
	}

	/**
	 * Colour as bytes.
	 *
	 * @return (x, y, channel); red, green, blue, each 0 to 255, by {@link GeneratedImage#toByte}
	 * @throws InvalidInputException if the image does not hold 3 × height × width samples
	 */
	public static Img<UnsignedByteType> toImg(final GeneratedImage image) {
		return ArrayImgs.unsignedBytes(new Intensities(image).planarBytes(), image.width(),
			image.height(), 3);
	}

	/**
	 * Colour as it came from the autoencoder.
	 *
	 * @return (x, y, channel); red, green, blue; 0 is black and 1 full, values outside are kept
	 * @throws InvalidInputException if the image does not hold 3 × height × width samples
	 */
	public static Img<FloatType> toFloatImg(final GeneratedImage image) {
		return ArrayImgs.floats(new Intensities(image).planes(), image.width(), image.height(), 3);
	}

	/**
	 * Gray as bytes: the luma of Recommendation ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, of the
	 * gamma-encoded samples clamped to [0, 1], rounded once by {@link GeneratedImage#toByte}.
	 *
	 * @return (x, y); 0 to 255
	 * @throws InvalidInputException if the image does not hold 3 × height × width samples
	 */
	public static Img<UnsignedByteType> toGray(final GeneratedImage image) {
		return ArrayImgs.unsignedBytes(new Intensities(image).lumaBytes(), image.width(),
			image.height());
	}

	/**
	 * Gray without clamping: the luma of Recommendation ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, of
	 * the gamma-encoded samples.
	 *
	 * @return (x, y); 0 is black and 1 full, values outside are kept
	 * @throws InvalidInputException if the image does not hold 3 × height × width samples
	 */
	public static Img<FloatType> toFloatGray(final GeneratedImage image) {
		return ArrayImgs.floats(new Intensities(image).luma(), image.width(), image.height());
	}

	/**
	 * All images of a result in 8-bit colour.
	 *
	 * @see #toImagePlus(List, PixelFormat)
	 */
	public static ImagePlus toImagePlus(final GenerationResult result) {
		return toImagePlus(result.images());
	}

	/**
	 * Images in 8-bit colour.
	 *
	 * @see #toImagePlus(List, PixelFormat)
	 */
	public static ImagePlus toImagePlus(final List<GeneratedImage> images) {
		return toImagePlus(images, PixelFormat.RGB8);
	}

	/**
	 * Images for ImageJ: one as a single image, several as the slices of a stack. With
	 * {@link PixelFormat#FLOAT32} each has three channels, shown as a composite. Floating-point
	 * images are displayed from 0 to 1.
	 * <p>
	 * Planes of stacks are labelled "seed N". The title is made of the first prompt and the seeds.
	 * The Info property tells where each image comes from; {@link ImageProvenance#of(ImagePlus)}
	 * reads it.
	 * </p>
	 *
	 * @param images at least one, all of the same size
	 * @throws InvalidInputException if there is none, if sizes differ, or if one does not hold 3 ×
	 *           height × width samples
	 */
	public static ImagePlus toImagePlus(final List<GeneratedImage> images, final PixelFormat format) {
		final ImagePlus plain = GeneratedStack.of(images, image -> planes(image, format));
		if (format == PixelFormat.FLOAT32) return composite(plain);
		if (format == PixelFormat.GRAY32) plain.setDisplayRange(0, 1);
		return plain;
	}

	/**
	 * An image of ImgLib2 for ImageJ. Its pixels are copied, also those of an {@link ImageSeries},
	 * all of whose images are then generated; {@link ImageSeries#toImagePlus} does not do that. An
	 * {@link Img} does not know where it comes from, so the result has no provenance.
	 *
	 * @param image (x, y), which becomes an 8-bit image; (x, y, 3), red, green and blue, which
	 *          becomes an RGB image; or (x, y, 3, index), which becomes a stack of them
	 * @throws InvalidInputException if it has other dimensions
	 */
	public static ImagePlus toImagePlus(final RandomAccessibleInterval<UnsignedByteType> image,
		final String title)
	{
		return new ImgPlanes(image).make(title);
	}

	private static List<ImageProcessor> planes(final GeneratedImage image, final PixelFormat format) {
		final int width = image.width();
		final int height = image.height();
		final Intensities intensities = new Intensities(image);
		return switch (format) {
			case RGB8 -> List.of(new ColorProcessor(width, height, intensities.packedRgb()));
			case GRAY8 -> List.of(new ByteProcessor(width, height, intensities.lumaBytes()));
			case GRAY32 -> List.of(new FloatProcessor(width, height, intensities.luma()));
			default -> IntStream.range(0, 3).<ImageProcessor> mapToObj(
				channel -> new FloatProcessor(width, height, intensities.plane(channel))).toList();
		};
	}

	private static ImagePlus composite(final ImagePlus plain) {
		final CompositeImage composite = new CompositeImage(plain, CompositeImage.COMPOSITE);
		composite.setLuts(
			new LUT[] { channelLut(Color.RED), channelLut(Color.GREEN), channelLut(Color.BLUE) });
		composite.setPosition(1, 1, 1);
		return composite;
	}

	private static LUT channelLut(final Color color) {
		final LUT lut = LUT.createLutFromColor(color);
		lut.min = 0;
		lut.max = 1;
		return lut;
	}
}
