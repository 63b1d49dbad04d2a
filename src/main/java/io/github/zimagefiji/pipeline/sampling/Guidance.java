
package io.github.zimagefiji.pipeline.sampling;

/**
 * Classifier-free guidance (arXiv 2207.12598) exactly as pipeline_z_image.py defines it.
 *
 * @param scale g of {@code positive + g (positive - negative)}; guidance is on above 0. In the
 *          other usual convention {@code negative + s (positive - negative)} this is s = g + 1
 * @param normalization largest norm of the guided prediction relative to the positive one; 0 is off
 * @param truncation guidance is dropped at steps whose time is above this; above 1 never
 */
public record Guidance(double scale, double normalization, double truncation) {

	/** No guidance: one evaluation a step. */
	public static final Guidance OFF = new Guidance(0, 0, 1);

	/** Whether a negative prompt is needed at all. */
	public boolean isOn() {
		return scale > 0;
	}

	/** Whether a step at this time, 0 (noise) to 1, evaluates both prompts. */
	public boolean appliesAt(final float time) {
		return isOn() && !(truncation <= 1 && time > truncation);
	}

	/**
	 * Joins the predictions of both prompts for one image.
	 *
	 * @param positive replaced by the result
	 */
	public void apply(final float[] positive, final float[] negative) {
		final double norm = normalization > 0 ? norm(positive) : 0;
		final float g = (float) scale;
		for (int i = 0; i < positive.length; i++) {
			positive[i] += g * (positive[i] - negative[i]);
		}
		if (normalization > 0) limit(positive, norm * normalization);
	}

	private static void limit(final float[] values, final double most) {
		final double norm = norm(values);
		if (!(norm > most)) return;
		final float factor = (float) (most / norm);
		for (int i = 0; i < values.length; i++) {
			values[i] *= factor;
		}
	}

	private static double norm(final float[] values) {
		double sum = 0;
		for (final float value : values) {
			sum += (double) value * value;
		}
		return Math.sqrt(sum);
	}
}
