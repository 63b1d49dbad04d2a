
package io.github.zimagefiji.image.source;

import io.github.zimagefiji.error.InvalidInputException;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/** Packed colours of ImgLib2 as planes of red, green and blue, and back. */
public final class ArgbPlanes {

	private ArgbPlanes() {
		// only static methods
	}

	/**
	 * Packs colours.
	 *
	 * @param planes (x, y, channel) of red, green and blue
	 * @return (x, y), opaque
	 */
	public static Img<ARGBType> merge(final RandomAccessibleInterval<UnsignedByteType> planes) {
		final Img<ARGBType> packed = ArrayImgs.argbs(planes.dimension(0), planes.dimension(1));
		final Cursor<UnsignedByteType> red = plane(planes, 0);
		final Cursor<UnsignedByteType> green = plane(planes, 1);
		final Cursor<UnsignedByteType> blue = plane(planes, 2);
		for (final ARGBType colour : packed)
			colour.set(ARGBType.rgba(red.next().get(), green.next().get(), blue.next().get(), 255));
		return packed;
	}

	private static Cursor<UnsignedByteType>
		plane(final RandomAccessibleInterval<UnsignedByteType> planes, final int channel)
	{
		return Views.flatIterable(Views.hyperSlice(planes, 2, planes.min(2) + channel)).cursor();
	}

	/** (x, y, channel) of red, green and blue; alpha is dropped. */
	static Img<UnsignedByteType> split(final RandomAccessibleInterval<ARGBType> image,
		final String name)
	{
		if (image.numDimensions() != 2) throw new InvalidInputException("The image \"" + name +
			"\" has " + image.numDimensions() + " dimensions. Give one of (x, y).");
		SourceImg.checkSize(name, image.dimension(0), image.dimension(1), 1);
		final int pixels = (int) (image.dimension(0) * image.dimension(1));
		final byte[] planes = new byte[3 * pixels];
		int at = 0;
		for (final ARGBType colour : Views.flatIterable(image)) {
			planes[at] = (byte) ARGBType.red(colour.get());
			planes[pixels + at] = (byte) ARGBType.green(colour.get());
			planes[2 * pixels + at++] = (byte) ARGBType.blue(colour.get());
		}
		return ArrayImgs.unsignedBytes(planes, image.dimension(0), image.dimension(1), 3);
	}
}
