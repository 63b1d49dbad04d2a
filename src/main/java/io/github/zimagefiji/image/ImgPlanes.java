
package io.github.zimagefiji.image;

import java.util.Arrays;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * Copies an image of ImgLib2 for ImageJ; see
 * {@link Images#toImagePlus(RandomAccessibleInterval, String)}.
 */
final class ImgPlanes {

	private static final int CHANNELS = 3;

	private final RandomAccessibleInterval<UnsignedByteType> image;
	private final int width;
	private final int height;

	ImgPlanes(final RandomAccessibleInterval<UnsignedByteType> image) {
		final long[] size = image.dimensionsAsLongArray();
		final boolean colour = size.length == 3 || size.length == 4;
		if (!colour && size.length != 2 || colour && size[2] != CHANNELS)
			throw new InvalidInputException("An image of the dimensions " + Arrays.toString(size) +
				" cannot be shown. Give (x, y), (x, y, 3 channels) or (x, y, 3 channels, index).");
		if (size[0] > Integer.MAX_VALUE / size[1]) throw new InvalidInputException("An image of " +
			size[0] + " × " + size[1] + " pixels is too large for ImageJ, whose planes hold " +
			Integer.MAX_VALUE + ". Crop or scale it.");
		this.image = Views.zeroMin(image);
		width = (int) size[0];
		height = (int) size[1];
	}

	ImagePlus make(final String title) {
		if (image.numDimensions() == 2)
			return new ImagePlus(title, new ByteProcessor(width, height, levels(image)));
		if (image.numDimensions() == 3) return new ImagePlus(title, colour(image));
		final ImageStack stack = new ImageStack(width, height);
		for (long index = 0; index < image.dimension(3); index++)
			stack.addSlice(colour(Views.hyperSlice(image, 3, index)));
		return new ImagePlus(title, stack);
	}

	private ImageProcessor colour(final RandomAccessibleInterval<UnsignedByteType> planes) {
		final ColorProcessor colour = new ColorProcessor(width, height);
		colour.setRGB(levels(Views.hyperSlice(planes, 2, 0)), levels(Views.hyperSlice(planes, 2, 1)),
			levels(Views.hyperSlice(planes, 2, 2)));
		return colour;
	}

	private byte[] levels(final RandomAccessibleInterval<UnsignedByteType> plane) {
		final byte[] levels = new byte[width * height];
		int at = 0;
		for (final UnsignedByteType level : Views.flatIterable(plane))
			levels[at++] = level.getByte();
		return levels;
	}
}
