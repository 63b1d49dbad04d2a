
package io.github.zimagefiji.service;

import java.io.File;
import java.nio.file.Path;

import ij.ImagePlus;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.image.ControlPreprocessor;
import io.github.zimagefiji.image.SourceImage;
import io.github.zimagefiji.image.source.MaskSource;
import io.github.zimagefiji.image.source.PlaneChoice;
import io.github.zimagefiji.image.source.SourceImg;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.InputMask;
import io.github.zimagefiji.request.IntensityRange;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * A picture that a script hands over: an {@link ImagePlus}, an image of ImgLib2 (real numbers, or
 * packed colours), a file, or what a request takes.
 *
 * @param name of the value, which an image of ImgLib2 gets as its own
 * @param value the picture
 * @param range how its values are read
 * @param plane which plane of an {@link ImagePlus} or a file is used
 */
record ScriptPicture(String name, Object value, IntensityRange range, PlaneChoice plane) {

	/**
	 * As the image that a request starts from.
	 *
	 * @throws InvalidInputException if it cannot be used
	 */
	InputImage input() {
		if (value instanceof InputImage ready) return ready;
		if (value instanceof RandomAccessibleInterval<?> pixels) return ofPixels(pixels);
		if (value instanceof ImagePlus image) return SourceImage.of(image, range, plane).input();
		return SourceImage.open(file(), range, plane).input();
	}

	/**
	 * As a control picture.
	 *
	 * @throws InvalidInputException if it cannot be used
	 */
	InputImage control(final ControlPreprocessor preprocessor) {
		if (value instanceof ImagePlus image) return preprocessor.make(image, range, plane);
		final boolean pixels = value instanceof InputImage || value instanceof RandomAccessibleInterval;
		if (pixels && preprocessor == ControlPreprocessor.NONE) return input();
		if (pixels) throw new InvalidInputException("The preprocessor " + preprocessor.label() +
			" takes an ImagePlus or a file. Make an ImagePlus of the " + name +
			", or leave the preprocessor out.");
		return preprocessor.open(file(), range, plane);
	}

	/**
	 * As a mask: what is bright in an {@link ImagePlus} or a file, and above 0 in an image of
	 * ImgLib2.
	 *
	 * @throws InvalidInputException if it cannot be used
	 */
	InputMask mask() {
		if (value instanceof InputMask ready) return ready;
		if (value instanceof ImagePlus image) return MaskSource.ofMask(image, PlaneChoice.SHOWN);
		if (value instanceof RandomAccessibleInterval<?> pixels) return maskOf(pixels);
		return MaskSource.openMask(file(), PlaneChoice.SHOWN);
	}

	@SuppressWarnings("unchecked") // looked at before
	private InputImage ofPixels(final RandomAccessibleInterval<?> pixels) {
		final Object type = pixels.getType();
		if (type instanceof ARGBType)
			return SourceImg.ofArgb((RandomAccessibleInterval<ARGBType>) pixels, name).input();
		if (type instanceof RealType) return ofReal(pixels);
		throw problem("holds pixels of the type " + type.getClass().getSimpleName() +
			"; real numbers or colours are needed");
	}

	@SuppressWarnings("unchecked") // looked at before
	private <T extends RealType<T>> InputImage ofReal(final RandomAccessibleInterval<?> pixels) {
		return SourceImg.of((RandomAccessibleInterval<T>) pixels, name, range).input();
	}

	private InputMask maskOf(final RandomAccessibleInterval<?> pixels) {
		if (pixels.numDimensions() != 2 || !(pixels.getType() instanceof RealType))
			throw problem("must be an image of numbers with the axes x and y");
		final long width = pixels.dimension(0);
		final long height = pixels.dimension(1);
		if (width < 1 || height < 1 || width > Integer.MAX_VALUE / height)
			throw problem("has " + width + " × " + height + " pixels");
		final float[] values = new float[(int) (width * height)];
		final Cursor<?> cursor = Views.flatIterable(pixels).cursor();
		for (int i = 0; i < values.length; i++) {
			final double value = ((RealType<?>) cursor.next()).getRealDouble();
			if (Double.isNaN(value)) throw problem("holds NaN at x = " + i % width + ", y = " +
				i / width + "; replace what is no number before");
			values[i] = value > 0 ? 1 : 0;
		}
		return new InputMask(name, (int) width, (int) height, values);
	}

	private Path file() {
		if (value instanceof Path path) return path;
		if (value instanceof File || value instanceof CharSequence)
			return new File(value.toString()).toPath();
		throw problem("is " + value.getClass().getSimpleName() +
			"; give an ImagePlus, an image of ImgLib2 or a file");
	}

	private InvalidInputException problem(final String what) {
		return new InvalidInputException("The value of " + name + " " + what + ".");
	}
}
