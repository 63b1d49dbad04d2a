
package io.github.zimagefiji.command.models;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Menu;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.prefs.PrefService;

import io.github.zimagefiji.command.MenuPlace;
import io.github.zimagefiji.command.common.Checked;
import io.github.zimagefiji.command.common.Confirmation;
import io.github.zimagefiji.command.common.MessageText;
import io.github.zimagefiji.command.common.ModelCommand;
import io.github.zimagefiji.command.common.Prepared;
import io.github.zimagefiji.command.scijava.MacroRecorder;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.error.RunCanceledException;
import io.github.zimagefiji.hub.catalogue.Catalogue;
import io.github.zimagefiji.hub.catalogue.CatalogueEntry;
import io.github.zimagefiji.hub.source.ClosedRepositoryException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.RetryPolicy;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.transfer.DownloadSettings;
import io.github.zimagefiji.hub.transfer.Downloader;
import io.github.zimagefiji.service.PreferredTokens;

/**
 * Downloads something of the catalogue, or goes on with that. Size, host and license are shown and
 * must be accepted before the first byte; in a macro, the key {@code accept_license} does so.
 */
@Plugin(type = Command.class, headless = true,
	menu = { @Menu(label = MenuPlace.PLUGINS, weight = MenuPlace.PLUGINS_WEIGHT),
		@Menu(label = MenuPlace.Z_IMAGE),
		@Menu(label = MenuPlace.MODELS, weight = MenuPlace.MODELS_WEIGHT),
		@Menu(label = "Download Model...", weight = 31) },
	attrs = { @Attr(name = MacroRecorder.ATTRIBUTE), @Attr(name = MacroRecorder.NOT_BY_FIJI) })
public class DownloadModel extends ModelCommand implements Prepared, Checked {

	private static final int NOTICE_LINES = 4;
	private static final String ANY = "any";

	@Parameter(label = "Model", required = false, persist = false, callback = "modelChosen",
		description = "A name of the catalogue, which List Models... shows.")
	private CatalogueName model;

	@Parameter(label = "About it", visibility = ItemVisibility.MESSAGE, required = false,
		persist = false,
		description = "What it is, its license, and its size where the catalogue knows it.")
	@SuppressWarnings("unused")
	private String notice = "";

	@Parameter(label = "Host", choices = { ANY, "huggingface", "modelscope", "web" }, persist = false,
		description = "Where it comes from; any: those of the catalogue, one after the other until one answers; web: a folder " +
			"on the web server that Mirror names, with a list of its files, SHA256SUMS.")
	private String host = ANY;

	@Parameter(label = "Mirror", required = false, persist = false,
		description = "A web address that speaks like the host, such as https://hf-mirror.com; usually empty.")
	private String mirror = "";

	@Parameter(label = "I accept the license", visibility = ItemVisibility.INVISIBLE,
		required = false, persist = false,
		description = "For macros and scripts: the license is known and accepted. Otherwise the user is asked.")
	private boolean accept_license;

	@Parameter
	private PrefService prefs;

	@Override
	public void prepare(final Predicate<String> given, final boolean dialog) {
		if (!dialog) return;
		final List<CatalogueName> names = Catalogue.of(folder()).entries().stream()
			.map(each -> new CatalogueName(each.name())).toList();
		offer(CatalogueName.class, names);
		if (model == null) model = names.get(0);
		modelChosen();
	}

	private void modelChosen() {
		if (model == null) return;
		final CatalogueEntry entry = Catalogue.of(folder()).get(model.name());
		final String size = entry.knownBytes().isPresent() ? SizeText.of(entry.knownBytes().getAsLong())
			: "told by the host before anything is downloaded";
		notice = MessageText.wrapped(
			entry.description() + " License: " + entry.license() + ". Size: " + size + ".", NOTICE_LINES);
	}

	@Override
	public void check() {
		if (model != null) chosen(Catalogue.of(folder()).get(model.name()));
	}

	@Override
	protected void work() {
		if (model == null) throw new InvalidInputException(
			"No model is named. List Models... shows what can be downloaded.");
		final CatalogueEntry entry = chosen(Catalogue.of(folder()).get(model.name()));
		final Downloader downloader =
			new Downloader(new DownloadSettings(DownloadSettings.usual().parallel(), RetryPolicy.USUAL,
				new PreferredTokens(prefs)));
		final Listing listing = list(downloader, entry);
		final String terms = entry.name() + ": " + listing.terms();
		Confirmation.ask(ui, accept_license,
			terms + ".\nDo you accept the license, and download it into " + folder() + "?", terms +
				". Nothing was downloaded. Read the license, and if you accept it, add accept_license.");
		// What the user has answered is part of what was done, and of the line that
		// does it again.
		accept_license = true;
		try {
			final Path made = shown("Download " + entry.name(),
				progress -> downloader.download(listing, folder(), entry.name(), progress));
			tell(entry.name() + " is in " + made + ".");
		}
		catch (final RunCanceledException e) {
			throw new RunCanceledException(
				"The download was cancelled. What was received is kept; the next download of " +
					entry.name() + " goes on with it.");
		}
	}

	/**
	 * Without a token as long as the license is not accepted; a host that shows nothing without one
	 * is asked once it is.
	 */
	private Listing list(final Downloader downloader, final CatalogueEntry entry) {
		try {
			return shown("Ask for " + entry.name(),
				progress -> downloader.list(entry, accept_license, progress));
		}
		catch (final ClosedRepositoryException e) {
			if (accept_license) throw e;
			Confirmation.ask(ui, false, entry.name() + ", license " + entry.license() +
				", is not open to everybody.\nDo you accept the license, and have your token sent to its host?",
				e.getMessage());
			accept_license = true;
			return list(downloader, entry);
		}
	}

	private CatalogueEntry chosen(final CatalogueEntry entry) {
		final boolean mirrored = mirror != null && !mirror.isBlank();
		if (ANY.equals(host) && !mirrored) return entry;
		final ModelHost from = ANY.equals(host) ? ModelHost.HUGGING_FACE : ModelHost.named(host);
		return entry.from(from, mirrored ? address() : null);
	}

	private URI address() {
		try {
			return new URI(mirror.strip());
		}
		catch (final URISyntaxException e) {
			throw new InvalidInputException(
				"The mirror \"" + mirror + "\" is no web address, such as https://hf-mirror.com.", e);
		}
	}
}
