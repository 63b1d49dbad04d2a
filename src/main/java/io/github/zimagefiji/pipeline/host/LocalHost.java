
package io.github.zimagefiji.pipeline.host;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.pipeline.Pipeline;
import io.github.zimagefiji.pipeline.RunPlan;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Stage;

/**
 * Runs requests in this process, one at a time in the order in which they came, and keeps the last
 * model open.
 */
public final class LocalHost implements Host {

	private record Key(Path model, ComputeOptions compute) {}

	private final WaitingLine line = new WaitingLine();
	/**
	 * Who holds it may open and close the model: the run whose turn it is, or someone who releases
	 * the model.
	 */
	private final ReentrantLock lock = new ReentrantLock(true);
	private final RunEstimator forecasts = new RunEstimator();
	private Key key;
	/** Changed by the owner of the lock; read by any thread. */
	private volatile Pipeline pipeline;

	@Override
	public ModelInfo inspect(final Path model) {
		return forecasts.open(model.toAbsolutePath().normalize()).info();
	}

	@Override
	public boolean canEdit(final Path model) {
		return forecasts.open(model.toAbsolutePath().normalize()).canEdit();
	}

	@Override
	public RunEstimate estimate(final Path model, final ComputeOptions compute,
		final GenerationRequest request)
	{
		final Pipeline open = pipeline;
		return forecasts.of(model.toAbsolutePath().normalize(), compute, request,
			open == null ? 0 : open.bytesHeld());
	}

	@Override
	public GenerationResult generate(final Path model, final ComputeOptions compute,
		final GenerationRequest request, final Progress progress)
	{
		final Key wanted = new Key(model.toAbsolutePath().normalize(), compute);
		return inTurn(progress, () -> generate(wanted, request, progress));
	}

	@Override
	public <T> T whileReleased(final Progress progress, final Supplier<T> work) {
		return inTurn(progress, () -> {
			// Nobody opens a model but whose turn it is; so the lock need not be
			// held, and close() does not wait.
			close();
			forecasts.forget();
			// Java takes the maps of files away when it collects garbage, and Windows
			// keeps a file until then.
			System.gc();
			progress.checkCanceled();
			return work.get();
		});
	}

	private <T> T inTurn(final Progress progress, final Supplier<T> work) {
		try {
			return line.inTurn(before -> progress.update(Stage.WAIT, 0, place(before)),
				progress::checkCanceled, work);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
	}

	private static String place(final int before) {
		return before == 1 ? "" : before + " are before this one";
	}

	private GenerationResult generate(final Key wanted, final GenerationRequest request,
		final Progress progress)
	{
		lock.lock();
		try {
			progress.checkCanceled();
			// Files cannot be read on an interrupted thread.
			if (Thread.currentThread().isInterrupted()) throw new RunCanceledException();
			progress.update(Stage.LOAD, 0, "opening the model");
			final Pipeline opened = open(wanted);
			final RunPlan plan = RunPlan.of(opened.model(), request);
			final GenerationResult result = opened.generate(plan, progress);
			forecasts.learn(wanted.model(), wanted.compute(), plan.work(), result);
			return result;
		}
		finally {
			lock.unlock();
		}
	}

	private Pipeline open(final Key wanted) {
		// A model that was downloaded again has other tensors at other places.
		if (wanted.equals(key) && pipeline.isCurrent()) return pipeline;
		release();
		pipeline = Pipeline.open(() -> forecasts.model(wanted.model), wanted.compute);
		key = wanted;
		return pipeline;
	}

	private void release() {
		key = null;
		if (pipeline != null) pipeline.close();
		pipeline = null;
	}

	@Override
	public void close() {
		lock.lock();
		try {
			release();
		}
		finally {
			lock.unlock();
		}
	}
}
