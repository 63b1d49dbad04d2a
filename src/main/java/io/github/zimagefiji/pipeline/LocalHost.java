package io.github.zimagefiji.pipeline;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunCanceledException;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.Stage;
import io.github.zimagefiji.TextToImageRequest;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Runs requests in this process, one at a time, and keeps the last model open. */
public final class LocalHost implements Host {

	private static final long WAIT_MILLIS = 100;

	private record Key(Path model, ComputeOptions compute) {}

	private final ReentrantLock lock = new ReentrantLock(true);
	private final Forecasts forecasts = new Forecasts();
	private Key key;
	/** Changed by the owner of the lock; looked at by anybody. */
	private volatile Pipeline pipeline;

	@Override
	public ModelInfo inspect(final Path model) {
		return forecasts.open(model.toAbsolutePath().normalize()).info();
	}

	@Override
	public RunEstimate estimate(final Path model, final ComputeOptions compute, final TextToImageRequest request) {
		final Pipeline open = pipeline;
		return forecasts.of(model.toAbsolutePath().normalize(), compute, request, open == null ? 0 : open.bytesHeld());
	}

	@Override
	public GenerationResult generate(final Path model, final ComputeOptions compute, final TextToImageRequest request,
		final Progress progress)
	{
		waitInLine(progress);
		try {
			progress.checkCanceled();
			// Files cannot be read on an interrupted thread.
			if (Thread.currentThread().isInterrupted()) throw new RunCanceledException();
			progress.update(Stage.LOAD, 0, "opening the model");
			final Path folder = model.toAbsolutePath().normalize();
			final Pipeline opened = open(new Key(folder, compute));
			final GenerationResult result = opened.generate(request, progress);
			forecasts.learn(folder, compute, opened.model(), result);
			return result;
		}
		finally {
			lock.unlock();
		}
	}

	/** Takes the lock, and can be cancelled while waiting for it. */
	private void waitInLine(final Progress progress) {
		if (lock.tryLock()) return;
		progress.update(Stage.LOAD, 0, "waiting for another run");
		try {
			while (!lock.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
				progress.checkCanceled();
			}
		}
		catch (final InterruptedException exc) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
	}

	private Pipeline open(final Key wanted) {
		// A model that was downloaded again has other tensors at other places.
		if (wanted.equals(key) && pipeline.isCurrent()) return pipeline;
		release();
		pipeline = Pipeline.open(wanted.model, wanted.compute);
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
