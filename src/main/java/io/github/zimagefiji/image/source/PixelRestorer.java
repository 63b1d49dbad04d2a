
package io.github.zimagefiji.image.source;

import io.github.zimagefiji.GeneratedImage;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;
import net.imglib2.Cursor;
import net.imglib2.FinalDimensions;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.util.Util;
import net.imglib2.view.Views;

/**
 * Gives a generated image the type and scale of its source; see
 * {@link SourceImg#restore(GeneratedImage)}.
 *
 * @param <T> type of the pixels
 */
final class PixelRestorer<T extends RealType<T>> {

	private final Img<T> original;
	private final InputImage input;
	private final boolean flat;

	/**
	 * For one source.
	 *
	 * @param original (x, y, channel)
	 * @param input what was made of it
	 * @param flat whether results are (x, y)
	 */
	PixelRestorer(final Img<T> original, final InputImage input, final boolean flat) {
		this.original = original;
		this.input = input;
		this.flat = flat;
	}

	/**
	 * With {@code keep}, pixels that did not change get the original's values, which starts at (left,
	 * top).
	 */
	Img<T> restore(final GeneratedImage image, final boolean keep, final int left, final int top) {
		final Intensities intensities = new Intensities(image);
		final int channels = input.mapping().channels();
		final long[] size = flat ? new long[] { image.width(), image.height() }
			: new long[] { image.width(), image.height(), channels };
		final Img<T> result =
			Util.getSuitableImgFactory(new FinalDimensions(size), original.getType()).create(size);
		final RandomAccessibleInterval<T> planes = flat ? Views.addDimension(result, 0, 0) : result;
		for (int channel = 0; channel < channels; channel++)
			scale(channels == 1 ? intensities.luma() : intensities.plane(channel), channel,
				Views.hyperSlice(planes, 2, channel));
		if (keep) keep(image, Views.translate(original, left, top, 0), planes);
		return result;
	}

	private void scale(final float[] plane, final int channel,
		final RandomAccessibleInterval<T> target)
	{
		final IntensityMapping mapping = input.mapping();
		final double low = mapping.low().get(channel);
		final double high = mapping.high().get(channel);
		final boolean integer = target.getType() instanceof IntegerType;
		final double least = target.getType().getMinValue();
		final double most = target.getType().getMaxValue();
		int at = 0;
		for (final T value : Views.flatIterable(target)) {
			final double scaled = scaled(plane[at++], low, high);
			if (!integer) value.setReal(scaled);
			else value
				.setReal(Double.isNaN(scaled) ? low : Math.min(Math.max(Math.rint(scaled), least), most));
		}
	}

	private static double scaled(final float sample, final double low, final double high) {
		// in the precision of GeneratedImage.toByte, so that 8-bit images are the
		// same everywhere
		if (low == 0 && high == 255) return sample * 255f;
		return low + sample * (high - low);
	}

	/** @param source starts at its place in the result */
	private void keep(final GeneratedImage image, final RandomAccessibleInterval<T> source,
		final RandomAccessibleInterval<T> planes)
	{
		final Cursor<T> from = Views.flatIterable(source).localizingCursor();
		final RandomAccess<T> to = planes.randomAccess(source);
		while (from.hasNext()) {
			from.fwd();
			final int x = from.getIntPosition(0);
			final int y = from.getIntPosition(1);
			final int before = (y - (int) source.min(1)) * input.width() + x - (int) source.min(0);
			if (isUnchanged(image, y * image.width() + x, before))
				to.setPositionAndGet(from).set(from.get());
		}
	}

	private boolean isUnchanged(final GeneratedImage image, final int now, final int before) {
		final float[] samples = image.samples();
		final int pixelsNow = samples.length / 3;
		final int pixelsBefore = input.samples().length / 3;
		for (int channel = 0; channel < 3; channel++) {
			if (Float.floatToRawIntBits(samples[channel * pixelsNow + now]) != Float
				.floatToRawIntBits(input.samples()[channel * pixelsBefore + before])) return false;
		}
		return true;
	}
}
