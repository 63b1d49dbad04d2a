
package io.github.zimagefiji.pipeline.sampling;

/**
 * Keeps what is not masked, step by step: after each evaluation the latents outside the mask become
 * those of the image, as noisy as the next evaluation expects them, and clean after the last
 * (pipeline_z_image_inpaint.py).
 *
 * @param schedule the part of the schedule that is run
 * @param mask (rows, columns): 1 where the latents stay as they are; numbers in between mix
 * @param image (channels, rows, columns): the image's latents
 * @param noise of the same shape: that with which the run began
 */
record LatentBlend(Schedule schedule, float[] mask, float[] image, float[] noise) {

	/**
	 * @param latents at the noise level after a step, (channels, rows, columns); changed in place
	 */
	void apply(final int step, final float[] latents) {
		final float[] kept = schedule.noised(image, noise, step + 1);
		for (int i = 0; i < latents.length; i++) {
			final float inside = mask[i % mask.length];
			latents[i] = (1f - inside) * kept[i] + inside * latents[i];
		}
	}
}
