
package io.github.zimagefiji.image.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.request.IntensityMapping;
import io.github.zimagefiji.request.IntensityRange;
import net.imglib2.Cursor;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.IntegerType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.view.Views;

/**
 * Finds the values of an image that become black and full.
 *
 * @param <T> type of the pixels
 */
final class IntensityLimits<T extends RealType<T>> {

	/** As {@link IntensityRange#PERCENTILES} says. */
	private static final double LOW_PERCENTILE = 0.35;
	private static final double HIGH_PERCENTILE = 99.65;
	/** Types of more bits are seldom used to their ends. */
	private static final int WIDEST_FULL_BITS = 16;

	private final RandomAccessibleInterval<T> planes;
	private final String name;

	/** Limits of (x, y, channel). */
	IntensityLimits(final RandomAccessibleInterval<T> planes, final String name) {
		this.planes = planes;
		this.name = name;
	}

	/**
	 * The mapping of a range that follows from the values.
	 *
	 * @throws InvalidInputException if a value is NaN or infinite
	 */
	IntensityMapping mapping(final IntensityRange range, final String pixelType) {
		checkFinite();
		final boolean percentiles = range == IntensityRange.PERCENTILES;
		return mapping(range, pixelType,
			channel -> percentiles ? percentiles(plane(channel)) : full(plane(channel)));
	}

	/**
	 * The mapping of limits of the display.
	 *
	 * @param display low and high of each channel
	 * @throws InvalidInputException if a value is NaN or infinite, or a limit is
	 */
	IntensityMapping display(final List<double[]> display, final String pixelType) {
		checkFinite();
		for (final double[] limits : display) {
			if (!Double.isFinite(limits[0]) || !Double.isFinite(limits[1]))
				throw new InvalidInputException("The image \"" + name + "\" is displayed from " +
					limits[0] + " to " + limits[1] +
					", which is no range. Adjust its brightness and contrast, or choose another intensity range.");
		}
		return mapping(IntensityRange.DISPLAY, pixelType, display::get);
	}

	private IntensityMapping mapping(final IntensityRange range, final String pixelType,
		final IntFunction<double[]> limits)
	{
		final List<Double> low = new ArrayList<>();
		final List<Double> high = new ArrayList<>();
		for (int channel = 0; channel < planes.dimension(2); channel++) {
			final double[] pair = limits.apply(channel);
			low.add(pair[0]);
			// A constant image is black: full lies 1 above, or the next number where
			// 1 is too little to be one.
			high.add(pair[1] > pair[0] ? pair[1] : pair[0] + Math.max(1, Math.ulp(pair[0])));
		}
		return new IntensityMapping(range, pixelType, low, high);
	}

	private RandomAccessibleInterval<T> plane(final int channel) {
		return Views.hyperSlice(planes, 2, channel);
	}

	private double[] full(final RandomAccessibleInterval<T> plane) {
		final T type = plane.getType();
		if (type instanceof IntegerType && type.getBitsPerPixel() <= WIDEST_FULL_BITS)
			return new double[] { type.getMinValue(), type.getMaxValue() };
		double low = Double.POSITIVE_INFINITY;
		double high = Double.NEGATIVE_INFINITY;
		for (final T value : plane) {
			low = Math.min(low, value.getRealDouble());
			high = Math.max(high, value.getRealDouble());
		}
		return new double[] { low, high };
	}

	private double[] percentiles(final RandomAccessibleInterval<T> plane) {
		final double[] values = new double[(int) plane.size()];
		int at = 0;
		for (final T value : plane)
			values[at++] = value.getRealDouble();
		Arrays.sort(values);
		return new double[] { percentile(values, LOW_PERCENTILE), percentile(values, HIGH_PERCENTILE) };
	}

	/**
	 * Linear between the two nearest ranks, as NumPy's {@code percentile} does by default.
	 */
	private static double percentile(final double[] sorted, final double percent) {
		final double rank = percent / 100 * (sorted.length - 1);
		final int below = (int) rank;
		final int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (rank - below) * (sorted[above] - sorted[below]);
	}

	private void checkFinite() {
		if (planes.getType() instanceof IntegerType) return;
		final Cursor<T> cursor = Views.flatIterable(planes).localizingCursor();
		long count = 0;
		String first = null;
		while (cursor.hasNext()) {
			final double value = cursor.next().getRealDouble();
			if (Double.isFinite(value)) continue;
			if (count++ == 0) first =
				value + " at x = " + cursor.getLongPosition(0) + ", y = " + cursor.getLongPosition(1) +
					(planes.dimension(2) == 1 ? "" : " of channel " + (cursor.getLongPosition(2) + 1));
		}
		if (count > 0) throw new InvalidInputException("The image \"" + name + "\" holds " + count +
			(count == 1 ? " value that is no finite number: "
				: " values that are no finite numbers, the first ") +
			first + ". Replace what is no number before.");
	}
}
