
package io.github.zimagefiji.pipeline;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.PrecisionMeasurement;
import io.github.zimagefiji.engine.TensorType;
import io.github.zimagefiji.engine.TorchEngine;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.JavaMemoryException;
import io.github.zimagefiji.io.CacheFolder;
import io.github.zimagefiji.model.folder.ModelFolder;
import io.github.zimagefiji.pipeline.sampling.PromptEmbeddings;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Precision;

/**
 * A model ready for requests: open a folder, generate, close. What a request loads stays for the
 * next one, as far as memory allows. May be called from several threads; requests wait for each
 * other.
 */
public final class Pipeline implements AutoCloseable {

	/**
	 * Up to this width of the transformer one thread is as fast as several, and float32 as fast as
	 * bfloat16.
	 */
	private static final int WIDEST_SMALL_MODEL = 512;

	private final ModelFolder model;
	private final TorchEngine engine;
	private final Precision precision;
	private final Components components;
	private final PromptEmbeddings embeddings = new PromptEmbeddings();
	private final ReentrantLock lock = new ReentrantLock(true);
	private double secondsToOpen;
	private boolean closed;

	private Pipeline(final ModelFolder model, final TorchEngine engine, final Precision precision,
		final double secondsToOpen)
	{
		this.model = model;
		this.engine = engine;
		this.precision = precision;
		this.secondsToOpen = secondsToOpen;
		components = new Components(model, engine, type());
	}

	/**
	 * Opens a model folder in the layout of diffusers. Files are checked; weights are loaded when
	 * they are needed.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if the folder or the device cannot be
	 *           used
	 * @throws io.github.zimagefiji.error.EngineFailedException if the engine cannot be started
	 */
	public static Pipeline open(final Path folder, final ComputeOptions options) {
		return open(() -> ModelFolder.open(folder), options);
	}

	/** The same for a folder that is opened elsewhere. */
	public static Pipeline open(final Supplier<ModelFolder> folder, final ComputeOptions options) {
		final long start = System.nanoTime();
		final ModelFolder model = folder.get();
		final TorchEngine engine = TorchEngine.open(options.device(), threads(options, model));
		try {
			return new Pipeline(model, engine, precision(options, model, engine),
				(System.nanoTime() - start) / 1e9);
		}
		catch (final RuntimeException e) {
			engine.close();
			throw e;
		}
	}

	/**
	 * Threads wait for each other after every operation, and those of libtorch do so by spinning.
	 * Where an operation takes microseconds, and another program uses one of the processors, that
	 * waiting takes fifty times as long as the work.
	 */
	private static int threads(final ComputeOptions options, final ModelFolder model) {
		return options.threads() == 0 && isSmall(model) ? 1 : options.threads();
	}

	/**
	 * A small model gains nothing from bfloat16, and in float32 it gives the same image on every
	 * processor.
	 */
	private static Precision precision(final ComputeOptions options, final ModelFolder model,
		final TorchEngine engine)
	{
		if (options.precision() != Precision.AUTO) return options.precision();
		return isSmall(model) ? Precision.FLOAT32
			: new PrecisionMeasurement(engine, CacheFolder.path()).choose();
	}

	/**
	 * Whether the model is computed by one thread, in float32, unless the user asks otherwise.
	 */
	public static boolean isSmall(final ModelFolder model) {
		return model.transformer().width() <= WIDEST_SMALL_MODEL;
	}

	/** What is known of the model. */
	public ModelInfo info() {
		return model.info();
	}

	/**
	 * Whether the model can edit: whether it takes reference images beside a prompt.
	 */
	public boolean canEdit() {
		return model.canEdit();
	}

	/** The precision in use, never {@link Precision#AUTO}. */
	public Precision precision() {
		return precision;
	}

	/**
	 * Makes images.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if the request does not fit the model
	 *           or the memory
	 * @throws io.github.zimagefiji.error.EngineFailedException if the computation failed or produced
	 *           NaN or infinity
	 * @throws io.github.zimagefiji.error.RunCanceledException if {@code progress} said so; everything
	 *           the run took is released
	 */
	public GenerationResult generate(final GenerationRequest request, final Progress progress) {
		return run(() -> RunPlan.of(model, request), progress);
	}

	/** The same for a run that is planned, with {@link #model()}. */
	public GenerationResult generate(final RunPlan plan, final Progress progress) {
		return run(() -> plan, progress);
	}

	private GenerationResult run(final Supplier<RunPlan> plan, final Progress progress) {
		enter();
		try {
			if (closed) throw new IllegalStateException("The pipeline has been closed.");
			return new GenerationRun(this, plan.get(), progress).run();
		}
		catch (final OutOfMemoryError e) {
			throw new JavaMemoryException(e);
		}
		finally {
			SystemMemory.giveBack();
			lock.unlock();
		}
	}

	/**
	 * A run that was started, or a model that was closed, from within a run would take its tensors
	 * away from it.
	 */
	private void enter() {
		if (lock.isHeldByCurrentThread())
			throw new IllegalStateException("A run is under way on this very thread.");
		lock.lock();
	}

	/** Whether the model's files are still those that were opened. */
	public boolean isCurrent() {
		try {
			model.checkUnchanged();
			return true;
		}
		catch (final InvalidInputException e) {
			return false;
		}
	}

	public ModelFolder model() {
		return model;
	}

	TorchEngine engine() {
		return engine;
	}

	Components components() {
		return components;
	}

	PromptEmbeddings embeddings() {
		return embeddings;
	}

	/** Bytes that what is loaded now takes beyond mapped files. */
	public long bytesHeld() {
		return components.bytesHeld();
	}

	/** Seconds that opening took, to be counted with the first run. */
	double takeSecondsToOpen() {
		final double seconds = secondsToOpen;
		secondsToOpen = 0;
		return seconds;
	}

	TensorType type() {
		return precision == Precision.FLOAT32 ? TensorType.FLOAT32 : TensorType.BFLOAT16;
	}

	/** Releases everything; waits for a run in progress. */
	@Override
	public void close() {
		enter();
		try {
			if (closed) return;
			closed = true;
			components.close();
			engine.close();
			SystemMemory.giveBack();
		}
		finally {
			lock.unlock();
		}
	}
}
