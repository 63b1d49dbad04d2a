
package io.github.zimagefiji.command.common;

import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.scijava.thread.ThreadService;

import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.service.ZImageService;

/**
 * What a dialog needs to know of models and runs while the user changes its values.
 */
public final class DialogFacts {

	/** Before the dialog opens, on a thread that may wait. */
	public static final long PATIENT = 5000;
	/** While the dialog is open, on the thread that paints it. */
	public static final long BRIEF = 200;

	/** A message until the answer is there. */
	public static final String MODEL_UNREAD = "The model's folder is still being read.";

	/** How long the thread that asks may wait. */
	public static long patience() {
		return EventQueue.isDispatchThread() ? BRIEF : PATIENT;
	}

	private static final int MODELS = 16;
	/** Few, because requests hold images. */
	private static final int ESTIMATES = 2;

	private record Run(Path model, ComputeOptions compute, GenerationRequest request) {}

	private final BackgroundCache<Path, ModelInfo> models;
	private final BackgroundCache<Path, Boolean> editing;
	private final BackgroundCache<Run, RunEstimate> estimates;
	/**
	 * What was free at the first question: a number that changes by itself would change the dialog
	 * with every letter that is typed.
	 */
	private Long free;

	public DialogFacts(final ZImageService zimage, final ThreadService threads) {
		models = new BackgroundCache<>(MODELS, threads, zimage::inspect);
		editing = new BackgroundCache<>(MODELS, threads, zimage::canEdit);
		estimates = new BackgroundCache<>(ESTIMATES, threads,
			run -> zimage.estimate(run.model, run.compute, run.request));
	}

	/**
	 * What is known of a model folder.
	 *
	 * @return nothing if the folder is too slow to tell by now
	 * @throws ZImageException if it cannot be used
	 */
	public Optional<ModelInfo> model(final Path folder, final long millis) {
		return models.get(folder, millis);
	}

	/**
	 * Whether a model can edit images.
	 *
	 * @return nothing if the folder is too slow to tell by now
	 * @throws ZImageException if it cannot be used
	 */
	public Optional<Boolean> canEdit(final Path folder, final long millis) {
		return editing.get(folder, millis);
	}

	/** What a run will need, as two lines; the reason if it cannot be run. */
	public List<String> estimate(final Path folder, final ComputeOptions compute,
		final GenerationRequest request, final long millis)
	{
		return estimates.get(new Run(folder, compute, request), millis).map(this::still)
			.map(EstimateText::lines).orElse(List.of(MODEL_UNREAD, ""));
	}

	private RunEstimate still(final RunEstimate estimate) {
		if (free == null) free = estimate.available();
		return new RunEstimate(estimate.bytes(), free, estimate.seconds());
	}
}
