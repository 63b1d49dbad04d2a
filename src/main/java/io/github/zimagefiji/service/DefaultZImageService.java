
package io.github.zimagefiji.service;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.scijava.Priority;
import org.scijava.app.AppService;
import org.scijava.app.StatusService;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;

import io.github.zimagefiji.GenerationResult;
import io.github.zimagefiji.Host;
import io.github.zimagefiji.ModelInfo;
import io.github.zimagefiji.Preview;
import io.github.zimagefiji.Progress;
import io.github.zimagefiji.RunEstimate;
import io.github.zimagefiji.dataset.folder.DatasetSummary;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.JavaMemoryException;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.store.HuggingFaceCache;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.image.ImageSeries;
import io.github.zimagefiji.pipeline.host.LocalHost;
import io.github.zimagefiji.request.ComputeOptions;
import io.github.zimagefiji.request.GenerationRequest;
import io.github.zimagefiji.request.Stage;
import io.github.zimagefiji.request.TextToImageRequest;

/**
 * {@link ZImageService} with a host in this JVM, which keeps the runs in line.
 * <p>
 * Services are disposed in the order of their priority, the lowest first. This one comes before the
 * service of threads, which waits for the runs that are stopped here.
 * </p>
 */
@Plugin(type = Service.class, priority = Priority.LOW)
public final class DefaultZImageService extends AbstractService implements ZImageService {

	/**
	 * The longest that closing Fiji waits for a run to end, as long as SciJava waits for its threads.
	 */
	private static final long PATIENCE_MILLIS = 5000;

	@Parameter
	private ThreadService threads;

	@Parameter
	private TaskService tasks;

	@Parameter
	private StatusService status;

	@Parameter
	private AppService apps;

	@Parameter
	private PrefService prefs;

	/**
	 * Made when first needed: every start of Fiji makes this service, and most do without a model.
	 */
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
	public boolean canEdit(final Path model) {
		return host().canEdit(model);
	}

	@Override
	public List<InstalledModel> models() {
		return folders().list();
	}

	@Override
	public List<Path> modelsFolders() {
		return folders().parents();
	}

	@Override
	public RunEstimate estimate(final Path model, final ComputeOptions compute,
		final GenerationRequest request)
	{
		return host().estimate(model, compute, request);
	}

	@Override
	public GenerationResult generate(final Path model, final ComputeOptions compute,
		final GenerationRequest request, final Progress progress)
	{
		refuseDispatchThread("An image was asked for");
		final GenerationResult result =
			host().generate(model, compute, request, untilDisposed(progress));
		folders().used(model);
		return result;
	}

	private void refuseDispatchThread(final String what) {
		if (threads.isDispatchThread()) throw new InvalidInputException(what +
			" on the thread that draws Fiji's windows, " +
			"which would stand still until it is made. Ask on another thread, such as ThreadService's run gives.");
	}

	@Override
	public GenerationResult generate(final Map<String, ?> values) {
		final ScriptRun run = ScriptRun.of(values);
		final GenerationResult result = shown(run.request().task().title(),
			progress -> generate(run.model(), run.compute(), run.request(), progress));
		result.cautions().forEach(log()::info);
		return result;
	}

	@Override
	public ImageSeries series(final Path model, final ComputeOptions compute,
		final TextToImageRequest request, final int keep, final Progress progress)
	{
		return series(model, request, keep,
			one -> generate(model, compute, one, new InterruptibleProgress(progress)));
	}

	@Override
	public ImageSeries series(final Map<String, ?> values) {
		final ScriptRun run = ScriptRun.of(values);
		return series(run.model(), run.series(), run.keep(), one -> shown("Image Series",
			progress -> generate(run.model(), run.compute(), one, new InterruptibleProgress(progress))));
	}

	private ImageSeries series(final Path model, final TextToImageRequest request, final int keep,
		final Function<TextToImageRequest, GenerationResult> maker)
	{
		final int side = inspect(model).variant().defaultSide();
		final TextToImageRequest sized =
			request.toBuilder().size(request.width() == null ? side : request.width(),
				request.height() == null ? side : request.height()).build();
		return ImageSeries.of(sized, keep, one -> maker.apply(one).images().get(0));
	}

	@Override
	public DatasetSummary dataset(final Recipe recipe, final File folder) {
		refuseDispatchThread("A dataset was asked for");
		return shown("Dataset", progress -> new DatasetMaker(this, DatasetMaker.USUAL).make(recipe,
			folder.toPath(), true, progress, log()::warn));
	}

	@Override
	public DatasetSummary dataset(final File recipe, final File folder) {
		return dataset(RecipeReader.read(recipe.toPath()), folder);
	}

	/**
	 * Runs with a task that shows the progress, and stops for it and for Escape.
	 */
	private <T> T shown(final String name, final Function<Progress, T> run) {
		try (EscapeKey escape = new EscapeKey();
				TaskProgress progress =
					new TaskProgress(tasks.createTask(name), status, threads, escape::isPressed))
		{
			return run.apply(progress);
		}
		catch (final OutOfMemoryError e) {
			throw new JavaMemoryException(e);
		}
	}

	@Override
	public <T> T whileReleased(final Progress progress, final Function<Progress, T> work) {
		refuseDispatchThread("A change of models was asked for");
		final Progress until = untilDisposed(progress);
		return host().whileReleased(until, () -> work.apply(until));
	}

	@Override
	public void release() {
		// The same host goes on: with a new one, a run that waits now could load a
		// second model beside the first.
		if (threads.isDispatchThread()) threads.getExecutorService().execute(() -> host().close());
		else host().close();
	}

	/**
	 * Stops the runs in progress and in line, then releases the model. A run that is in the middle of
	 * a long operation keeps nobody waiting for more than some seconds; it ends, and the model is
	 * released, when the operation is done.
	 */
	@Override
	public void dispose() {
		disposed = true;
		final Thread release = new Thread(() -> host().close(), "Z-Image: release the model");
		release.setDaemon(true);
		release.start();
		try {
			release.join(PATIENCE_MILLIS);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	private ModelFolders folders() {
		return new ModelFolders(apps, prefs, HuggingFaceCache.ofThisPerson());
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

			@Override
			public boolean wantsPreviews() {
				return progress.wantsPreviews();
			}

			@Override
			public void preview(final Preview preview) {
				progress.preview(preview);
			}
		};
	}
}
