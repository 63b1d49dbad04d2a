
package io.github.zimagefiji.pipeline.sampling;

/**
 * PyTorch's generator on a processor: the same seed gives the same normal numbers as
 * {@code torch.randn} (aten/src/ATen/native/cpu/DistributionTemplates.h,
 * aten/src/ATen/core/MT19937RNGEngine.h), up to the last bits of logarithm and cosine. Not safe for
 * use by several threads.
 */
public final class TorchRandom {

	private static final int BLOCK = 16;

	private final MersenneTwister twister;
	// Small draws make normal numbers in pairs and keep the second for the next
	// small draw.
	private Double kept;

	/**
	 * @param seed as for {@code torch.manual_seed}; only its low 32 bits count
	 */
	public TorchRandom(final long seed) {
		twister = new MersenneTwister((int) seed);
	}

	/**
	 * The next {@code count} standard normal numbers, as {@code torch.randn} draws them in one call.
	 */
	public float[] normal(final int count) {
		final float[] values = new float[count];
		if (count < BLOCK) {
			for (int i = 0; i < count; i++) {
				values[i] = (float) next();
			}
			return values;
		}
		for (int i = 0; i < count; i++) {
			values[i] = uniform24();
		}
		for (int start = 0; start + BLOCK <= count; start += BLOCK) {
			transform(values, start);
		}
		if (count % BLOCK != 0) {
			// The rest is not a separate block: the last 16 numbers are drawn anew.
			for (int i = count - BLOCK; i < count; i++) {
				values[i] = uniform24();
			}
			transform(values, count - BLOCK);
		}
		return values;
	}

	/**
	 * Box and Muller's transform of 16 uniform numbers: eight radii, eight angles.
	 */
	private static void transform(final float[] values, final int start) {
		final int half = BLOCK / 2;
		for (int j = start; j < start + half; j++) {
			final double radius = Math.sqrt(-2 * Math.log(1f - values[j]));
			final double angle = 2 * Math.PI * values[j + half];
			values[j] = (float) (radius * Math.cos(angle));
			values[j + half] = (float) (radius * Math.sin(angle));
		}
	}

	private double next() {
		if (kept != null) {
			final double value = kept;
			kept = null;
			return value;
		}
		final double angle = 2 * Math.PI * uniform53();
		final double radius = Math.sqrt(-2 * Math.log1p(-uniform53()));
		kept = radius * Math.sin(angle);
		return radius * Math.cos(angle);
	}

	private float uniform24() {
		return (twister.next() & 0xFFFFFF) * 0x1p-24f;
	}

	private double uniform53() {
		final long high = twister.next() & 0xFFFFFFFFL;
		final long low = twister.next() & 0xFFFFFFFFL;
		return ((high << 32 | low) & (1L << 53) - 1) * 0x1p-53;
	}
}
