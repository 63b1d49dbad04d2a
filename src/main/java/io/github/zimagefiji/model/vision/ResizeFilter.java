
package io.github.zimagefiji.model.vision;

/**
 * How pixels are weighted when an image changes its size; the names are those of the libraries that
 * are matched.
 */
public enum ResizeFilter {

		/**
		 * Lanczos' windowed sinc of three lobes, in the fixed-point numbers of Pillow
		 * ({@code Resample.c}).
		 */
		PILLOW_LANCZOS(3) {

			@Override
			double weight(final double x) {
				return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
			}

			@Override
			int precision(final double largestWeight) {
				return 22;
			}
		},

		/**
		 * Triangles, in the fixed-point numbers of PyTorch's antialiased bilinear kernel for bytes.
		 */
		TORCH_BILINEAR(1) {

			@Override
			double weight(final double x) {
				return Math.max(0, 1 - Math.abs(x));
			}

			/** As many binary places as 16 bits with a sign hold. */
			@Override
			int precision(final double largestWeight) {
				int bits = 0;
				while (bits < 22 && (int) (0.5 + largestWeight * (1 << bits + 1)) < 1 << 15) {
					bits++;
				}
				return bits;
			}
		};

	private final double support;

	ResizeFilter(final double support) {
		this.support = support;
	}

	/**
	 * Distance, in pixels of the coarser image, beyond which a pixel has no weight.
	 */
	double support() {
		return support;
	}

	abstract double weight(double x);

	/** Binary places of weights as whole numbers. */
	abstract int precision(double largestWeight);

	private static double sinc(final double x) {
		return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
	}
}
