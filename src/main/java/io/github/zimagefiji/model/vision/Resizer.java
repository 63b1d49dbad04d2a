
package io.github.zimagefiji.model.vision;

/**
 * Resizes images of bytes to the byte as Pillow and PyTorch do: rows first, then columns, weights
 * as whole numbers, and each pass rounded to bytes.
 *
 * @param filter how pixels are weighted
 */
record Resizer(ResizeFilter filter) {

	ByteImage resize(final ByteImage image, final int width, final int height) {
		return down(across(image, width), height);
	}

	private ByteImage across(final ByteImage image, final int width) {
		if (width == image.width()) return image;
		final Weights weights = Weights.of(filter, image.width(), width);
		final int channels = image.channels();
		final byte[] result = new byte[Math.multiplyExact(width * channels, image.height())];
		for (int y = 0, at = 0; y < image.height(); y++) {
			for (int x = 0; x < width; x++) {
				for (int c = 0; c < channels; c++) {
					result[at++] =
						weights.sum(image.values(), (y * image.width() * channels) + c, channels, x);
				}
			}
		}
		return new ByteImage(width, image.height(), channels, result);
	}

	private ByteImage down(final ByteImage image, final int height) {
		if (height == image.height()) return image;
		final Weights weights = Weights.of(filter, image.height(), height);
		final int line = image.width() * image.channels();
		final byte[] result = new byte[Math.multiplyExact(line, height)];
		for (int y = 0, at = 0; y < height; y++) {
			for (int i = 0; i < line; i++) {
				result[at++] = weights.sum(image.values(), i, line, y);
			}
		}
		return new ByteImage(image.width(), height, image.channels(), result);
	}

	/**
	 * Along one axis: from which pixel on each new pixel sees the old ones, and how much of them.
	 *
	 * @param first first old pixel of each new one
	 * @param factors of the old pixels from there on, times 2<sup>precision</sup>
	 * @param precision binary places of {@code factors}
	 */
	private record Weights(int[] first, int[][] factors, int precision) {

		static Weights of(final ResizeFilter filter, final int from, final int to) {
			final double scale = from / (double) to;
			final double stretch = Math.max(1, scale);
			final double support = filter.support() * stretch;
			final int[] first = new int[to];
			final double[][] shares = new double[to][];
			double largest = 0;
			for (int i = 0; i < to; i++) {
				final double centre = (i + 0.5) * scale;
				first[i] = Math.max(0, (int) (centre - support + 0.5));
				shares[i] = new double[Math.min(from, (int) (centre + support + 0.5)) - first[i]];
				double sum = 0;
				for (int j = 0; j < shares[i].length; j++) {
					shares[i][j] = filter.weight((j + first[i] - centre + 0.5) / stretch);
					sum += shares[i][j];
				}
				for (int j = 0; j < shares[i].length; j++) {
					shares[i][j] /= sum;
					largest = Math.max(largest, shares[i][j]);
				}
			}
			return rounded(first, shares, filter.precision(largest));
		}

		private static Weights rounded(final int[] first, final double[][] shares,
			final int precision)
		{
			final int[][] factors = new int[shares.length][];
			for (int i = 0; i < factors.length; i++) {
				factors[i] = new int[shares[i].length];
				for (int j = 0; j < factors[i].length; j++) {
					factors[i][j] =
						(int) (Math.copySign(0.5, shares[i][j]) + shares[i][j] * (1 << precision));
				}
			}
			return new Weights(first, factors, precision);
		}

		byte sum(final byte[] values, final int start, final int stride, final int target) {
			int sum = 1 << precision - 1;
			int at = start + first[target] * stride;
			for (final int factor : factors[target]) {
				sum += factor * (values[at] & 0xFF);
				at += stride;
			}
			return (byte) Math.max(0, Math.min(255, sum >> precision));
		}
	}
}
