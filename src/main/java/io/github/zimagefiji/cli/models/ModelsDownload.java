
package io.github.zimagefiji.cli.models;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.transfer.DownloadSettings;
import io.github.zimagefiji.hub.transfer.Downloader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code zimage models download}: a model comes from a host, once its license is accepted.
 */
@Command(name = "download", mixinStandardHelpOptions = true, versionProvider = ProgramVersion.class,
	sortOptions = false,
	description = "Downloads a model, or goes on with that. Ctrl-C keeps what is there.",
	footer = { "", "Examples:", "  zimage models download Z-Image-Turbo",
		"  zimage models download Z-Image-Turbo --accept-license --host modelscope", "",
		"Without --accept-license it tells size, host and license, and downloads nothing. Tokens for models that are not " +
			"open to everybody come from the environment: HF_TOKEN, MODELSCOPE_API_TOKEN. They are sent to huggingface.co " +
			"and www.modelscope.cn only, never to a mirror, and not without --accept-license." })
final class ModelsDownload implements Callable<Integer> {

	private final Session session;
	private final Downloader downloader = new Downloader(DownloadSettings.usual());

	@Parameters(paramLabel = "NAME",
		description = "A name of the catalogue, or OWNER/NAME of a host's repository.")
	private String name;

	@Option(names = "--as", paramLabel = "NAME",
		description = "How to call the model here. Default: as it is called there.")
	private String as;

	@Option(names = { "--accept-license", "--yes" },
		description = "You have read the license and accept it. Without it, nothing is downloaded.")
	private boolean accepted;

	@Mixin
	private SourceOptions source;

	@Mixin
	private ModelsOptions options;

	ModelsDownload(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final Path folder = options.folder();
		try (ProgressPrinter progress = options.progress(session)) {
			final Listing listing = list(progress);
			progress.close();
			options.tell(session, title() + ": " + listing.terms());
			if (!accepted) throw new InvalidInputException("Nothing was downloaded. Read the license (" +
				listing.license().orElse("not told") + ") on " + listing.repository().page() +
				", and if you accept it, add --accept-license to download " + title() + " into " + folder +
				".");
			options.tell(session, "Model: " + downloader.download(listing, folder, title(), progress));
			return ExitCode.SUCCESS;
		}
		catch (final RunCanceledException e) {
			session.err().println("zimage: What was received is kept; the same command goes on with it.");
			throw e;
		}
	}

	private Listing list(final ProgressPrinter progress) {
		if (name.indexOf('/') >= 0) return downloader.list(source.repository(name), accepted, progress);
		return downloader.list(source.chosen(entry()), accepted, progress);
	}

	private String title() {
		if (as != null) return as;
		return name.indexOf('/') >= 0 ? name.substring(name.lastIndexOf('/') + 1) : entry().name();
	}

	private CatalogueEntry entry() {
		return source.catalogue(options.folder()).get(name);
	}
}
