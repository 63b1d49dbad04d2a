package io.github.zimagefiji.service;

import java.io.File;
import java.nio.file.Path;
import java.util.List;

import org.scijava.app.AppService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;

import io.github.zimagefiji.ComputeOptions;
import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.InvalidInputException;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.Stage;
import io.github.zimagefiji.TextToImageRequest;
import io.github.zimagefiji.hub.BuiltInModel;
import io.github.zimagefiji.hub.InstalledModel;
import io.github.zimagefiji.image.Images;
import io.github.zimagefiji.image.LazyImages;
import io.github.zimagefiji.pipeline.LocalHost;
import net.imglib2.img.Img;
import net.imglib2.type.numeric.integer.UnsignedByteType;

/** {@link ZImageService} with a host in this JVM, which keeps the runs in line. */
@Plugin(type = Service.class)
public final class DefaultZImageService extends AbstractService implements ZImageService {

	@Parameter
	private AppService apps;

	@Parameter
	private PrefService prefs;

	/** Made when first needed: every start of Fiji makes this service, and most do without a model. */
	private Host host;

	private volatile boolean disposed;

	@Override
	public Path builtInModel() {
		return BuiltInModel.folder();
	}

	@Override
	public ModelInfo inspect(final Path model) {
		return host().inspect(model);
	}

	@Override
	public List<InstalledModel> models() {
		return folders().list();
	}

	@Override
	public RunEstimate estimate(final Path model, final ComputeOptions compute, final TextToImageRequest request) {
		return host().estimate(model, compute, request);
	}

	@Override
	public GenerationResult generate(final Path model, final ComputeOptions compute, final TextToImageRequest request,
		final Progress progress)
	{
		final GenerationResult result = host().generate(model, compute, request, untilDisposed(progress));
		folders().used(model);
		return result;
	}

	@Override
	public Img<UnsignedByteType> textToImage(final File model, final String prompt, final int width, final int height,
		final long seed)
	{
		return img(model, TextToImageRequest.builder(prompt).size(width, height).seed(seed).build());
	}

	@Override
	public Img<UnsignedByteType> textToImage(final File model, final String prompt, final long seed) {
		return img(model, TextToImageRequest.builder(prompt).seed(seed).build());
	}

	private Img<UnsignedByteType> img(final File model, final TextToImageRequest request) {
		return Images.toImg(generate(model.toPath(), ComputeOptions.AUTO, request, Progress.NONE).images().get(0));
	}

	@Override
	public Img<UnsignedByteType> series(final Path model, final ComputeOptions compute, final TextToImageRequest request,
		final int keep)
	{
		if (request.latents() != null) throw new InvalidInputException(
			"A series draws its starting noise from the seeds; leave the starting latents out.");
		final int side = inspect(model).variant().defaultSide();
		final int width = request.width() == null ? side : request.width();
		final int height = request.height() == null ? side : request.height();
		return LazyImages.of(width, height, request.count(), keep, index -> {
			final TextToImageRequest one = request.toBuilder().size(width, height).seed(request.seed() + index).count(1)
				.build();
			return generate(model, compute, one, Progress.NONE).images().get(0);
		});
	}

	@Override
	public void release() {
		// The same host goes on: with a new one, a run that waits now could load a second model beside the first.
		host().close();
	}

	/** Stops the runs in progress and in line, then releases the model. */
	@Override
	public void dispose() {
		disposed = true;
		release();
	}

	private ModelFolders folders() {
		return new ModelFolders(apps, prefs);
	}

	private synchronized Host host() {
		if (host == null) host = new LocalHost();
		return host;
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
