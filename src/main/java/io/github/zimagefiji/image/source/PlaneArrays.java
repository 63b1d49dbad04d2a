
package io.github.zimagefiji.image.source;

import java.util.ArrayList;
import java.util.List;

import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import io.github.zimagefiji.error.InvalidInputException;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImg;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.img.basictypeaccess.array.ArrayDataAccess;
import net.imglib2.type.numeric.RealType;

/**
 * ImageJ's planes as one ImgLib2 image (x, y, channel), and back. Colours are three channels of
 * bytes.
 */
public final class PlaneArrays {

	private PlaneArrays() {
		// only static methods
	}

	/** Bytes, unsigned shorts or floats, as the planes have them; copied. */
	public static Img<? extends RealType<?>> join(final List<ImageProcessor> planes) {
		final ImageProcessor first = planes.get(0);
		final int pixels = first.getPixelCount();
		final int count = first instanceof ColorProcessor ? 3 : planes.size();
		final long[] size = { first.getWidth(), first.getHeight(), count };
		if (first instanceof ColorProcessor colours)
			return ArrayImgs.unsignedBytes(bytes(colours), size);
		if (first instanceof ByteProcessor)
			return ArrayImgs.unsignedBytes(joined(planes, new byte[count * pixels]), size);
		if (first instanceof ShortProcessor)
			return ArrayImgs.unsignedShorts(joined(planes, new short[count * pixels]), size);
		if (first instanceof FloatProcessor)
			return ArrayImgs.floats(joined(planes, new float[count * pixels]), size);
		throw new InvalidInputException("Images of " + first.getBitDepth() +
			" bits cannot be used. Convert it to 8, 16 or 32 bits, or to RGB.");
	}

	private static byte[] bytes(final ColorProcessor colour) {
		final int pixels = colour.getPixelCount();
		final byte[] planes = new byte[3 * pixels];
		for (int channel = 0; channel < 3; channel++)
			System.arraycopy(colour.getChannel(channel + 1), 0, planes, channel * pixels, pixels);
		return planes;
	}

	private static <A> A joined(final List<ImageProcessor> planes, final A array) {
		int at = 0;
		for (final ImageProcessor plane : planes) {
			System.arraycopy(plane.getPixels(), 0, array, at, plane.getPixelCount());
			at += plane.getPixelCount();
		}
		return array;
	}

	/**
	 * The planes of an image as {@link #join} makes them; as one of colours if wanted.
	 */
	public static List<ImageProcessor> split(final Img<?> planes, final boolean rgb) {
		final int width = (int) planes.dimension(0);
		final int height = (int) planes.dimension(1);
		final Object array =
			((ArrayDataAccess<?>) ((ArrayImg<?, ?>) planes).update(null)).getCurrentStorageArray();
		final List<ImageProcessor> channels = new ArrayList<>();
		for (int channel = 0; channel < planes.dimension(2); channel++) {
			final ImageProcessor plane = processor(array, width, height);
			System.arraycopy(array, channel * width * height, plane.getPixels(), 0, width * height);
			channels.add(plane);
		}
		if (!rgb) return channels;
		final ColorProcessor colour = new ColorProcessor(width, height);
		colour.setRGB((byte[]) channels.get(0).getPixels(), (byte[]) channels.get(1).getPixels(),
			(byte[]) channels.get(2).getPixels());
		return List.of(colour);
	}

	private static ImageProcessor processor(final Object array, final int width, final int height) {
		if (array instanceof byte[]) return new ByteProcessor(width, height);
		return array instanceof short[] ? new ShortProcessor(width, height)
			: new FloatProcessor(width, height);
	}
}
