
package io.github.zimagefiji.hub.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.error.ZImageException;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.ClosedRepositoryException;
import io.github.zimagefiji.hub.source.HostReader;
import io.github.zimagefiji.hub.source.HttpErrors;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.source.Retry;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.source.StallWatch;
import io.github.zimagefiji.hub.source.TransferException;
import io.github.zimagefiji.hub.source.Web;
import io.github.zimagefiji.hub.store.ByteProgress;
import io.github.zimagefiji.hub.store.FreeSpace;
import io.github.zimagefiji.hub.store.ModelLock;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.hub.store.Staging;
import io.github.zimagefiji.hub.store.WantedFiles;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.IOReason;
import io.github.zimagefiji.request.Stage;

/**
 * Downloads models: first the list of files, with license and size, then the files. A model can be
 * seen when it is complete and every file has its hash; until then it comes together in a hidden
 * folder, where a later call goes on. Instances may be used from several threads.
 */
public final class Downloader {

	private final DownloadSettings settings;
	private final Random random = new Random();

	public Downloader(final DownloadSettings settings) {
		this.settings = settings;
	}

	/**
	 * Asks a host what a repository holds.
	 *
	 * @return those files that belong to a model; see {@link Listing#totalBytes} and
	 *         {@link Listing#license}
	 * @throws InvalidInputException if there is no such repository, if it is not open, or if its
	 *           names are not safe
	 * @throws DownloadFailedException if the host cannot be reached or does not speak as expected
	 * @throws RunCanceledException if progress says so
	 */
	public Listing list(final Repository repository, final Progress progress) {
		return list(repository, false, progress);
	}

	/**
	 * The same with the user's token, once the license is accepted.
	 *
	 * @param accepted whether it is; without, no token is sent
	 * @throws ClosedRepositoryException if the host shows it to nobody without a token
	 */
	public Listing list(final Repository repository, final boolean accepted,
		final Progress progress)
	{
		return listAll(repository, accepted, progress).only(file -> WantedFiles.ofModel(file.path()));
	}

	/**
	 * Asks the hosts of an entry of the catalogue, one after the other, until one answers.
	 *
	 * @return those files that belong to the entry, with the license of the catalogue where the host
	 *         tells none
	 * @throws InvalidInputException as {@link #list(Repository, Progress)}, or if a host lists
	 *           another content than is known
	 * @throws DownloadFailedException if no host can be reached, with the reason of the last one
	 */
	public Listing list(final CatalogueEntry entry, final Progress progress) {
		return list(entry, false, progress);
	}

	/**
	 * The same with the user's token, once the license is accepted.
	 *
	 * @param accepted whether it is; without, no token is sent
	 * @throws ClosedRepositoryException if a host shows it to nobody without a token
	 */
	public Listing list(final CatalogueEntry entry, final boolean accepted, final Progress progress) {
		DownloadFailedException failure = null;
		for (final Repository each : entry.repositories()) {
			try {
				return entry.select(listAll(each, accepted, progress));
			}
			catch (final DownloadFailedException e) {
				failure = e;
			}
		}
		throw failure;
	}

	/** Every file that may be downloaded, whatever the layout. */
	private Listing listAll(final Repository repository, final boolean accepted,
		final Progress progress)
	{
		return ask(repository, web(repository, accepted), progress, repository::list)
			.only(file -> WantedFiles.isAllowed(file.path()));
	}

	/** A question to a host. */
	@FunctionalInterface
	public interface Question {

		/** @throws TransferException if it is worth trying again */
		Listing ask(HostReader reader) throws IOException, InterruptedException;
	}

	/** Asks a host for a list of files, in whatever way it tells them. */
	public Listing ask(final Repository repository, final Progress progress,
		final Question question)
	{
		return ask(repository, web(repository, false), progress, question);
	}

	private Listing ask(final Repository repository, final Web web, final Progress progress,
		final Question question)
	{
		try (StallWatch watch = new StallWatch(settings.patience())) {
			final HostReader reader = new HostReader(web, repository, watch);
			final Callable<Listing> job = () -> retry().run(repository.title() + " could not be listed",
				() -> 0, () -> question.ask(reader));
			return crew(repository, List.of(job), 1, watch, () -> {
				progress.update(Stage.DOWNLOAD, 0, "asking " + repository.endpoint().getHost());
				progress.checkCanceled();
			}).get(0).checked();
		}
	}

	/**
	 * Downloads files whose license is accepted, or goes on with that. Several calls for one model,
	 * from any number of programs, come after each other.
	 *
	 * @param listing what to get, of {@link #list}
	 * @param models the folder of models; made if it is not there
	 * @param name of the model's folder in it
	 * @return the model's folder; if these very files are there already, at once
	 * @throws InvalidInputException if something else has that name, if there is no room, if the
	 *           folder cannot be written to, or if the files are no model that can be used
	 * @throws DownloadFailedException if the host or the network fails; what was received is kept
	 * @throws RunCanceledException if progress says so; what was received is kept
	 */
	public Path download(final Listing listing, final Path models, final String name,
		final Progress progress)
	{
		return download(listing, models, name, new Arrival.OfModel(), progress);
	}

	/** The same for files of another kind. */
	public Path download(final Listing listing, final Path models, final String name,
		final Arrival arrival, final Progress progress)
	{
		SafePath.checkName(name);
		listing.checked();
		if (listing.files().isEmpty()) throw new InvalidInputException(
			listing.repository().title() + " holds no files of a model. Choose another one.");
		final Path target = SafePath.makeFolder(models).resolve(name);
		try (ModelLock lock = ModelLock.acquire(models, name, Stage.DOWNLOAD, progress)) {
			if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS))
				fetch(listing, models, name, arrival, progress);
			else if (!arrival.isThere(target, listing)) throw new InvalidInputException(
				target + " exists already and is another model. Remove it, or choose another name.");
			return target;
		}
	}

	private void fetch(final Listing listing, final Path models, final String name,
		final Arrival arrival, final Progress progress)
	{
		final Staging staging = Staging.open(models, name, listing);
		final ByteProgress meter = new ByteProgress(Stage.DOWNLOAD, listing.totalBytes(), progress);
		final Map<String, FileNote> files = new LinkedHashMap<>();
		listing.files().forEach(file -> files.put(file.path(), null));
		try {
			final long here = staging.bytesHere();
			FreeSpace.check(models, listing.totalBytes() - here, name);
			meter.found(here);
			files.putAll(getFiles(listing, staging, meter));
		}
		catch (final IOException e) {
			throw unusable(models, e);
		}
		arrival.complete(staging.files(), listing, files);
		staging.publish(models.resolve(name));
		progress.update(Stage.DOWNLOAD, 1, SizeText.of(listing.totalBytes()) + " complete");
	}

	private Map<String, FileNote> getFiles(final Listing listing, final Staging staging,
		final ByteProgress meter) throws IOException
	{
		final Repository repository = listing.repository();
		final Web web = web(repository, true);
		final StallWatch watch = new StallWatch(settings.patience());
		final FileDownload.Context context = new FileDownload.Context(repository.title(), web,
			new HttpErrors(repository, web.hasToken()), watch, meter);
		final Map<String, FileNote> done = new LinkedHashMap<>();
		final List<Callable<Map.Entry<String, FileNote>>> jobs = new ArrayList<>();
		for (final RemoteFile file : listing.files()) {
			final String known = staging.doneSha256(file);
			if (known != null) done.put(file.path(), new FileNote(file.bytes(), known));
			else jobs.add(job(file,
				new FileDownload(file, repository.file(listing.commit(), file.path()), staging, context)));
		}
		if (jobs.isEmpty()) return done;
		crew(repository, jobs, settings.parallel(), watch, meter::tell)
			.forEach(each -> done.put(each.getKey(), each.getValue()));
		return done;
	}

	private Callable<Map.Entry<String, FileNote>> job(final RemoteFile file,
		final FileDownload download)
	{
		return () -> Map.entry(file.path(), new FileNote(file.bytes(), retry()
			.run(file.path() + " could not be downloaded", download::position, download::attempt)));
	}

	private static <T> List<T> crew(final Repository repository, final List<Callable<T>> jobs,
		final int threads, final StallWatch watch, final Runnable tick)
	{
		try {
			return ParallelJobs.run(jobs, threads, () -> {
				watch.look();
				tick.run();
			}, watch::close);
		}
		catch (final ZImageException e) {
			throw e;
		}
		catch (final IOException e) {
			throw new InvalidInputException("The download of " + repository.title() +
				" could not be written: " + IOReason.of(e) + ". Check the folder of models.", e);
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	private Web web(final Repository repository, final boolean accepted) {
		return new Web(repository.endpoint(),
			accepted ? settings.tokens().tokenFor(repository) : Optional.empty(),
			settings.patience().answer());
	}

	private Retry retry() {
		return new Retry(settings.patience(), random);
	}

	private static InvalidInputException unusable(final Path models, final IOException e) {
		return new FileFailedException(models, "The folder " + models + " cannot be used", e,
			"Choose another folder for models, or change its permissions.");
	}
}
