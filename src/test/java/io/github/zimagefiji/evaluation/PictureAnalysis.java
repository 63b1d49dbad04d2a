
package io.github.zimagefiji.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import ij.ImagePlus;
import ij.measure.Measurements;
import ij.measure.ResultsTable;
import ij.plugin.filter.GaussianBlur;
import ij.plugin.filter.ParticleAnalyzer;
import ij.plugin.filter.RankFilters;
import ij.process.AutoThresholder;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/**
 * What ImageJ's own commands find in a fluorescence picture: Gaussian blur, Otsu's threshold,
 * opening, Analyze Particles, hue. It repeats
 * {@code scripts/built-in-model/builtin_model/measure.py} and knows nothing of how a picture came
 * to be.
 *
 * @param kind {@code nuclei}, {@code spots}, {@code filaments} or {@code nothing}
 * @param colour one of {@link #COLOURS}, or {@code none}
 * @param count number of nuclei, if they are nuclei
 * @param elongated whether most of them are, if they are nuclei
 */
public record PictureAnalysis(String kind, String colour, int count, boolean elongated) {

	/**
	 * Red, green and blue of each colour's full intensity, as in {@code scenes.py}.
	 */
	private static final Map<String, double[]> COLOURS =
		new TreeMap<>(Map.of("red", new double[] { 1.0, 0.10, 0.08 }, "green",
			new double[] { 0.10, 1.0, 0.16 }, "blue", new double[] { 0.12, 0.28, 1.0 }, "cyan",
			new double[] { 0.05, 0.92, 1.0 }, "magenta", new double[] { 1.0, 0.12, 0.90 }, "yellow",
			new double[] { 1.0, 0.88, 0.05 }, "white", new double[] { 1.0, 1.0, 1.0 }));

	private static final int MOST = 255;
	private static final int SMALLEST_NUCLEUS = 60;
	private static final int SMALLEST_SPOT = 4;
	/**
	 * Half of the nuclei or more have at least this area, else they are no nuclei.
	 */
	private static final double MEDIAN_NUCLEUS = 100;
	private static final double LONG_EXTENT = 24;
	private static final double LONG_ASPECT = 1.45;

	/**
	 * A connected particle: area in pixels, extent (diagonal of its bounding box) and ratio of the
	 * fitted ellipse's axes.
	 */
	private record Particle(double area, double extent, double aspect) {}

	/**
	 * Whether both see the same; number and shape of nuclei count only where there are nuclei.
	 */
	boolean agreesWith(final PictureAnalysis other) {
		final boolean same = kind.equals(other.kind) && colour.equals(other.colour);
		return same && (!kind.equals("nuclei") || count == other.count && elongated == other.elongated);
	}

	/** Looks at a picture of nuclei, spots or filaments. */
	public static PictureAnalysis of(final ColorProcessor picture) {
		final ByteProcessor mask = foreground(picture);
		final List<Particle> nuclei = particles(opened(mask, 2), SMALLEST_NUCLEUS);
		final boolean elongated = !nuclei.isEmpty() &&
			median(nuclei.stream().mapToDouble(Particle::aspect).toArray()) > LONG_ASPECT;
		return new PictureAnalysis(kind(mask), colour(picture, mask), nuclei.size(), elongated);
	}

	/**
	 * Pixels (255) above Otsu's threshold in the strongest channel, slightly smoothed.
	 */
	public static ByteProcessor foreground(final ColorProcessor picture) {
		final ImageProcessor strongest = new ByteProcessor(picture.getWidth(), picture.getHeight());
		for (int i = 0; i < picture.getPixelCount(); i++) {
			final int rgb = picture.get(i);
			strongest.set(i, Math.max(rgb >> 16 & 0xff, Math.max(rgb >> 8 & 0xff, rgb & 0xff)));
		}
		final ImageProcessor smooth = strongest.convertToFloat();
		new GaussianBlur().blurGaussian(smooth, 1);
		smooth.setMinAndMax(0, 255);
		final ByteProcessor mask = smooth.convertToByteProcessor();
		// An even picture has no threshold; ImageJ's answer would make all of it
		// foreground.
		final boolean even = mask.getStats().min == mask.getStats().max;
		final int threshold = even ? MOST
			: new AutoThresholder().getThreshold(AutoThresholder.Method.Otsu, mask.getHistogram());
		for (int i = 0; i < mask.getPixelCount(); i++) {
			mask.set(i, smooth.getf(i) > threshold + 0.5 ? 255 : 0);
		}
		return mask;
	}

	/**
	 * Intersection over union of two masks (255 and 0); 1 where both are empty.
	 */
	public static double overlap(final ByteProcessor first, final ByteProcessor second) {
		int both = 0;
		int any = 0;
		for (int i = 0; i < first.getPixelCount(); i++) {
			final boolean a = first.get(i) != 0;
			final boolean b = second.get(i) != 0;
			if (a && b) both++;
			if (a || b) any++;
		}
		return any == 0 ? 1 : both / (double) any;
	}

	/**
	 * Nuclei survive an opening by four pixels; of the rest, filaments are long and spots are not.
	 */
	private static String kind(final ByteProcessor mask) {
		final List<Particle> all = particles(mask, SMALLEST_SPOT);
		if (all.isEmpty()) return "nothing";
		final double[] areas = all.stream().mapToDouble(Particle::area).toArray();
		if (count(opened(mask, 4)) > 0.4 * count(mask) && median(areas) >= MEDIAN_NUCLEUS)
			return "nuclei";
		final double extent =
			all.stream().mapToDouble(p -> p.area * p.extent).sum() / Arrays.stream(areas).sum();
		return extent > LONG_EXTENT ? "filaments" : "spots";
	}

	/**
	 * The colour nearest to the light that the foreground adds to the background's median.
	 */
	private static String colour(final ColorProcessor picture, final ByteProcessor mask) {
		if (count(mask) == 0) return "none";
		final double[] light = new double[3];
		double length = 0;
		for (int channel = 0; channel < 3; channel++) {
			final ByteProcessor values = picture.getChannel(channel + 1, null);
			final double background = medianOutside(values, mask);
			for (int i = 0; i < mask.getPixelCount(); i++) {
				if (mask.get(i) != 0) light[channel] += Math.max(0, values.get(i) - background);
			}
			length += light[channel] * light[channel];
		}
		String nearest = "none";
		double best = -1;
		for (final Map.Entry<String, double[]> colour : COLOURS.entrySet()) {
			final double[] rgb = colour.getValue();
			final double norm = Math.sqrt(rgb[0] * rgb[0] + rgb[1] * rgb[1] + rgb[2] * rgb[2]);
			final double likeness =
				(light[0] * rgb[0] + light[1] * rgb[1] + light[2] * rgb[2]) / norm / Math.sqrt(length);
			if (likeness > best) nearest = colour.getKey();
			best = Math.max(best, likeness);
		}
		return nearest;
	}

	private static double medianOutside(final ByteProcessor values, final ByteProcessor mask) {
		final List<Double> outside = new ArrayList<>();
		for (int i = 0; i < mask.getPixelCount(); i++) {
			if (mask.get(i) == 0) outside.add((double) values.get(i));
		}
		return outside.isEmpty() ? 0
			: median(outside.stream().mapToDouble(Double::doubleValue).toArray());
	}

	private static ByteProcessor opened(final ByteProcessor mask, final double radius) {
		final ByteProcessor result = (ByteProcessor) mask.duplicate();
		final RankFilters filters = new RankFilters();
		filters.rank(result, radius, RankFilters.MIN);
		filters.rank(result, radius, RankFilters.MAX);
		return result;
	}

	private static List<Particle> particles(final ByteProcessor mask, final int smallest) {
		final ByteProcessor copy = (ByteProcessor) mask.duplicate();
		copy.setThreshold(255, 255, ImageProcessor.NO_LUT_UPDATE);
		final ResultsTable table = new ResultsTable();
		new ParticleAnalyzer(ParticleAnalyzer.SHOW_NONE,
			Measurements.AREA | Measurements.RECT | Measurements.ELLIPSE, table, smallest,
			Double.POSITIVE_INFINITY).analyze(new ImagePlus("mask", copy), copy);
		final List<Particle> result = new ArrayList<>();
		for (int row = 0; row < table.size(); row++) {
			result.add(new Particle(table.getValue("Area", row),
				Math.hypot(table.getValue("Width", row), table.getValue("Height", row)),
				table.getValue("Major", row) / table.getValue("Minor", row)));
		}
		return result;
	}

	private static int count(final ByteProcessor mask) {
		return mask.getHistogram()[255];
	}

	private static double median(final double[] values) {
		final double[] sorted = values.clone();
		Arrays.sort(sorted);
		final int middle = sorted.length / 2;
		return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
	}
}
