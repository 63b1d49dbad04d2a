
package io.github.zimagefiji;

import java.nio.file.Path;
import java.util.function.Supplier;

import io.github.zimagefiji.error.EngineFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.EditRequest;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Stage;

/**
 * Where requests run: in this process, or elsewhere. Everything that goes in and comes out is plain
 * data.
 * <p>
 * A host may be called from several threads; requests wait for each other in the order in which
 * they came, and can be cancelled while they wait ({@link Stage#WAIT}). It keeps what it loaded for
 * the next request until it is closed.
 * </p>
 */
public interface Host extends AutoCloseable {

	/**
	 * Tells what a model folder holds without loading it.
	 *
	 * @throws InvalidInputException if it is not a usable model folder
	 */
	ModelInfo inspect(Path model);

	/**
	 * Tells whether a model takes reference images ({@link EditRequest}), without loading it.
	 *
	 * @throws InvalidInputException if it is not a usable model folder
	 */
	boolean canEdit(Path model);

	/**
	 * Tells what a run would need, from sizes alone: nothing is loaded, and a run in progress is not
	 * waited for.
	 *
	 * @throws InvalidInputException if request or model cannot be used, or the images do not fit into
	 *           memory
	 */
	RunEstimate estimate(Path model, ComputeOptions compute, GenerationRequest request);

	/**
	 * Makes images.
	 *
	 * @param model folder in the layout of Hugging Face diffusers
	 * @throws InvalidInputException if request or model cannot be used
	 * @throws EngineFailedException if the computation failed
	 * @throws RunCanceledException if {@code progress} said so
	 */
	GenerationResult generate(Path model, ComputeOptions compute, GenerationRequest request,
		Progress progress);

	/**
	 * Does something to the files of models while none is open here: takes its place in the line of
	 * runs, releases what is loaded, and lets later runs wait until it is done.
	 *
	 * @param progress told while earlier runs are waited for
	 * @return what {@code work} gave
	 * @throws RunCanceledException if {@code progress} said so while this waited
	 */
	<T> T whileReleased(Progress progress, Supplier<T> work);

	/** Releases every model. A run in progress ends first. */
	@Override
	void close();
}
