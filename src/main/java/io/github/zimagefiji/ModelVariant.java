
package io.github.zimagefiji;

import java.util.Locale;

import io.github.zimagefiji.request.Task;

/**
 * The members of the Z-Image family that are sampled differently.
 *
 * @see <a href="https://arxiv.org/abs/2511.22699">arXiv 2511.22699</a>
 */
public enum ModelVariant {

		/** Distilled: 8 steps without guidance. */
		TURBO(8, 0.0, 1024),
		/**
		 * Z-Image itself: 50 steps with guidance; 28 to 50 steps and guidance 3 to 5 are usual.
		 */
		BASE(50, 4.0, 1024),
		/**
		 * The small demonstration model of this program: 16 steps with light guidance, 128 × 128
		 * pixels.
		 */
		BUILT_IN(16, 1.0, 128),
		/** None is recognised: the request must name steps and guidance. */
		UNKNOWN(0, 0.0, 1024);

	private final int steps;
	private final double guidance;
	private final int side;

	ModelVariant(final int steps, final double guidance, final int side) {
		this.steps = steps;
		this.guidance = guidance;
		this.side = side;
	}

	/** Sampling steps if the request names none. */
	public int defaultSteps() {
		return steps;
	}

	/**
	 * Guidance scale if a request for text to image names none, in the reference's convention
	 * {@code positive + g (positive - negative)}.
	 */
	public double defaultGuidance() {
		return guidance;
	}

	/**
	 * Guidance scale if a request of a kind names none. The built-in model's ControlNet and editing
	 * form were trained and measured without guidance, and are worse with it.
	 */
	public double defaultGuidance(final Task task) {
		return this == BUILT_IN && (task == Task.CONTROL || task == Task.EDIT) ? 0 : guidance;
	}

	/**
	 * Width and height in pixels if the request names none: those that the model was trained for.
	 */
	public int defaultSide() {
		return side;
	}

	/** {@code turbo}, {@code base}, {@code built-in} or {@code unknown}. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
