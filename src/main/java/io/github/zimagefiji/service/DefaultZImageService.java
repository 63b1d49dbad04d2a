package io.github.zimagefiji.service;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunCanceledException;
import io.github.zimagefiji.Stage;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.pipeline.LocalHost;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** {@link ZImageService} with a host in this JVM, made when it is first needed. */
@Plugin(type = Service.class)
public final class DefaultZImageService extends AbstractService implements ZImageService {

	/** How often a waiting run looks whether it is still wanted. */
	private static final long LOOK_MILLIS = 100;

	/** Fair, so that runs are computed in the order in which they were asked for. */
	private final ReentrantLock turn = new ReentrantLock(true);

	/** Guarded by {@link #turn}; null until needed and after a release. */
	private Host host;

	private volatile boolean disposed;

	@Override
	public ModelInfo inspect(final Path model) {
		return withHost(Progress.NONE, local -> local.inspect(model));
	}

	@Override
	public GenerationResult generate(final Path model, final ComputeOptions compute, final TextToImageRequest request,
		final Progress progress)
	{
		final Progress untilDisposed = untilDisposed(progress);
		return withHost(untilDisposed, local -> local.generate(model, compute, request, untilDisposed));
	}

	@Override
	public Img<UnsignedByteType> textToImage(final File model, final String prompt, final int width, final int height,
		final long seed)
	{
		final TextToImageRequest request = TextToImageRequest.builder(prompt).size(width, height).seed(seed).build();
		return Images.toImg(generate(model.toPath(), ComputeOptions.AUTO, request, Progress.NONE).images().get(0));
	}

	@Override
	public void release() {
		turn.lock();
		try {
			if (host != null) host.close();
			host = null;
		}
		finally {
			turn.unlock();
		}
	}

	/** Stops a run in progress, then releases the model. */
	@Override
	public void dispose() {
		disposed = true;
		release();
	}

	private <T> T withHost(final Progress progress, final Function<Host, T> work) {
		awaitTurn(progress);
		try {
			if (disposed) throw new RunCanceledException();
			if (host == null) host = new LocalHost();
			return work.apply(host);
		}
		finally {
			turn.unlock();
		}
	}

	private void awaitTurn(final Progress progress) {
		try {
			if (turn.tryLock(0, TimeUnit.MILLISECONDS)) return;
			progress.update(Stage.LOAD, 0, "waiting for another run");
			while (!turn.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
				progress.checkCanceled();
			}
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new RunCanceledException();
		}
	}

	private Progress untilDisposed(final Progress progress) {
		return new Progress() {

			@Override
			public void update(final Stage stage, final double fraction, final String message) {
				progress.update(stage, fraction, message);
			}

			@Override
			public boolean isCanceled() {
				return disposed || progress.isCanceled();
			}
		};
	}
}
