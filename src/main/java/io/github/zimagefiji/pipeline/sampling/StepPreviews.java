
package io.github.zimagefiji.pipeline.sampling;

import io.github.zimagefiji.Preview;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.picture.LatentShape;

/**
 * Shows a listener after each step what the image is going to be, if it wants to know and there is
 * a way to tell.
 */
public final class StepPreviews {

	private final Schedule schedule;
	private final LatentShape shape;
	private final Progress listener;
	/** Null if nothing is shown. */
	private final PreviewMatrix matrix;
	private float[] before;

	public StepPreviews(final ModelFolder model, final Schedule schedule, final LatentShape shape,
		final Progress listener)
	{
		this.schedule = schedule;
		this.shape = shape;
		this.listener = listener;
		matrix = listener.wantsPreviews() ? PreviewMatrix.of(model).orElse(null) : null;
	}

	/** Notes where a step begins. */
	public void beforeStep(final float[] latents) {
		if (matrix != null) before = latents.clone();
	}

	/**
	 * Shows what a step led to.
	 *
	 * @param image number of the image within the request, from 0
	 * @param step from 0
	 * @param latents of this image, after the step
	 */
	public void afterStep(final int image, final int step, final float[] latents) {
		if (matrix == null) return;
		final byte[] rgb = matrix.colours(schedule.predictedClean(before, latents, step));
		listener.preview(new Preview(image, step, shape.columns(), shape.rows(), rgb));
	}
}
