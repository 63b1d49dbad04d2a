
package io.github.zimagefiji.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import ij.ImagePlus;
import io.github.zimagefiji.request.InputImage;
import io.github.zimagefiji.request.IntensityMapping;

/** Says which image is used, and how its values are read. */
final class PictureText {

	private PictureText() {
		// only of()
	}

	static String of(final ImagePlus image, final InputImage input) {
		final IntensityMapping mapping = input.mapping();
		final String what = image.getTitle() + ": " + input.width() + " × " + input.height() +
			" pixels, " + mapping.pixelType() + plane(image);
		if (mapping.pixelType().equals(IntensityMapping.RGB.pixelType())) return what + ".";
		return what + "; " +
			IntStream.range(0, mapping.channels())
				.mapToObj(i -> number(mapping.low().get(i)) + " becomes black, " +
					number(mapping.high().get(i)) + " full")
				.distinct().collect(Collectors.joining("; ")) +
			".";
	}

	private static String plane(final ImagePlus image) {
		final int[] shown = image.convertIndexToPosition(image.getCurrentSlice());
		final List<String> parts = new ArrayList<>();
		if (image.getNSlices() > 1) parts.add("slice " + shown[1] + " of " + image.getNSlices());
		if (image.getNFrames() > 1) parts.add("frame " + shown[2] + " of " + image.getNFrames());
		return parts.isEmpty() ? "" : ", only " + String.join(", ", parts);
	}

	private static String number(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.valueOf((long) value)
			: String.valueOf((float) value);
	}
}
