
package io.github.zimagefiji.cli.models;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

import io.github.zimagefiji.cli.program.ExitCode;
import io.github.zimagefiji.cli.program.ProgramVersion;
import io.github.zimagefiji.cli.program.ProgressPrinter;
import io.github.zimagefiji.cli.program.Session;
import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.transfer.DownloadSettings;
import io.github.zimagefiji.hub.transfer.Downloader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code zimage models catalogue}: what can be downloaded by name. */
@Command(name = "catalogue", mixinStandardHelpOptions = true,
	versionProvider = ProgramVersion.class, sortOptions = false,
	description = "Lists what can be downloaded by name, with license and size.")
final class ModelsCatalogue implements Callable<Integer> {

	private final Session session;

	@Mixin
	private ModelsOptions options;

	@Mixin
	private SourceOptions source;

	@Option(names = "--sizes",
		description = "Ask the hosts for the sizes that the catalogue does not know.")
	private boolean sizes;

	ModelsCatalogue(final Session session) {
		this.session = session;
	}

	@Override
	public Integer call() {
		final Catalogue catalogue = source.catalogue(options.folder());
		final List<String[]> rows = new ArrayList<>();
		rows.add(new String[] { "NAME", "KIND", "SIZE", "LICENSE", "DESCRIPTION" });
		for (final CatalogueEntry each : catalogue.entries()) {
			rows.add(new String[] { each.name(), each.kind().id(), size(each), each.license(),
				each.description() });
		}
		ModelsOptions.print(session, rows);
		return ExitCode.SUCCESS;
	}

	private String size(final CatalogueEntry entry) {
		final OptionalLong known = entry.knownBytes();
		if (known.isPresent()) return SizeText.of(known.getAsLong());
		if (!sizes) return "?";
		try (ProgressPrinter progress = options.progress(session)) {
			return SizeText.of(
				new Downloader(DownloadSettings.usual()).list(source.chosen(entry), progress).totalBytes());
		}
		catch (final DownloadFailedException | InvalidInputException e) {
			session.err().println("zimage: " + e.getMessage());
			return "?";
		}
	}
}
