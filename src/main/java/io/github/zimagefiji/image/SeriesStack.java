
package io.github.zimagefiji.image;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.VirtualStack;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import io.github.zimagefiji.provenance.ProvenanceText;

/**
 * A series in ImageJ. Slices are generated when ImageJ asks for them; what is drawn into one is
 * lost when another is shown, as in every virtual stack. Deleting a slice leaves it out of the
 * stack, not out of the series.
 */
final class SeriesStack extends VirtualStack {

	private static final int BITS = 24;

	private final ImageSeries series;
	/** The series' index of each slice. */
	private final List<Integer> slices;

	SeriesStack(final ImageSeries series) {
		super((int) series.dimension(0), (int) series.dimension(1));
		this.series = series;
		slices =
			IntStream.range(0, series.count()).boxed().collect(Collectors.toCollection(ArrayList::new));
	}

	@Override
	public ImageProcessor getProcessor(final int n) {
		final byte[] planes = series.planes(slices.get(n - 1));
		final int pixels = planes.length / 3;
		final int[] packed = new int[pixels];
		for (int i = 0; i < pixels; i++) {
			packed[i] = 0xff000000 | (planes[i] & 0xff) << 16 | (planes[pixels + i] & 0xff) << 8 |
				planes[2 * pixels + i] & 0xff;
		}
		final ColorProcessor slice = new ColorProcessor(getWidth(), getHeight(), packed);
		slice.setSliceNumber(n);
		return slice;
	}

	/** The seed, and in the lines below it where the image comes from. */
	@Override
	public String getSliceLabel(final int n) {
		final int index = slices.get(n - 1);
		final String label = GeneratedStack.label(series.seed(index));
		return series.expected(index).map(p -> label + '\n' + ProvenanceText.write(List.of(p)))
			.orElse(label);
	}

	@Override
	public void deleteSlice(final int n) {
		slices.remove(n - 1);
	}

	@Override
	public int getSize() {
		return slices.size();
	}

	@Override
	public int getBitDepth() {
		return BITS;
	}
}
