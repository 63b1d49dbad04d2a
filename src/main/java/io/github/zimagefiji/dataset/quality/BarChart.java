
package io.github.zimagefiji.dataset.quality;

import java.util.Arrays;
import java.util.Locale;

/** Bars as SVG, for HTML. */
final class BarChart {

	private static final int WIDTH = 640;
	private static final int HEIGHT = 160;

	private BarChart() {
		// only svg()
	}

	/**
	 * Draws a histogram by the square roots of its shares, and if given another of the same steps
	 * over it.
	 */
	static String svg(final double[] values, final double[] others) {
		final StringBuilder svg = new StringBuilder(
			String.format("<svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %1$d %2$d\">", WIDTH, HEIGHT));
		final double most = Math.max(most(values), others == null ? 0 : most(others));
		bars(svg, values, most, 0.9, "#4477aa");
		if (others != null) bars(svg, others, most, 0.4, "#ee7733");
		return svg.append("</svg>\n").toString();
	}

	private static void bars(final StringBuilder svg, final double[] values, final double most,
		final double thickness, final String colour)
	{
		final double sum = Arrays.stream(values).sum();
		final double step = (double) WIDTH / values.length;
		for (int i = 0; i < values.length; i++) {
			// the square root keeps rare values visible
			final double height = sum == 0 ? 0 : HEIGHT * Math.sqrt(values[i] / sum / most);
			svg.append(String.format(Locale.ROOT,
				"<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"><title>%.4f</title></rect>",
				i * step, HEIGHT - height, step * thickness, height, colour,
				sum == 0 ? 0 : values[i] / sum));
		}
	}

	private static double most(final double[] values) {
		final double sum = Arrays.stream(values).sum();
		return sum == 0 ? 1 : Arrays.stream(values).max().orElse(0) / sum;
	}
}
