
package io.github.zimagefiji.hub.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import io.github.zimagefiji.Progress;
import io.github.zimagefiji.engine.library.NativeLibrary;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.HostReader;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.source.SizeText;
import io.github.zimagefiji.hub.store.FileList;
import io.github.zimagefiji.hub.store.ModelPlaces;
import io.github.zimagefiji.hub.transfer.Downloader;
import io.github.zimagefiji.io.CacheFolder;

/**
 * Downloads native libraries for the computing engine when the user asks for one: those that DJL
 * would download by itself, from the same place, but with the size told before, checked, and whole
 * or not at all.
 */
public final class EngineLibraries {

	/**
	 * A native library that can be downloaded.
	 *
	 * @param flavor {@code cpu}, or {@code cuXYZ} for CUDA X.YZ
	 * @param listing its files, compressed
	 */
	public record Offer(String flavor, Listing listing) {

		/** Files whose content nobody vouches for: the plugin has no hash of them. */
		public List<String> unverified() {
			return listing.files().stream().filter(file -> file.sha256() == null).map(RemoteFile::path)
				.toList();
		}

		/** What the user must know before the first byte. */
		public String sentence() {
			final int unknown = unverified().size();
			return "libtorch " + flavor + " from " + listing.repository().endpoint() + ": " +
				listing.files().size() + " files, " + SizeText.of(listing.totalBytes()) +
				" to download, unpacked about twice as much. " +
				(unknown == 0 ? "The plugin knows the SHA-256 of every file."
					: "UNVERIFIED: this version of the plugin knows no SHA-256 of " + unknown +
						" of them, so that it cannot tell whether they are what the makers of DJL published.");
		}
	}

	private static final Pattern FLAVOR = Pattern.compile("cpu|cu\\d{3}");
	private static final String PINNED = "/io/github/zimagefiji/engine/";

	private final Downloader downloader;
	private final Repository repository;
	private final Map<String, String> pinned;

	/** The libraries of DJL's site. */
	public EngineLibraries(final Downloader downloader) {
		this(downloader, Repository.on(ModelHost.DJL, "pytorch/" + NativeLibrary.REQUIRED),
			FileList.read(EngineLibraries::resource).files());
	}

	/** @param pinned SHA-256 of compressed files, by their path on the site */
	EngineLibraries(final Downloader downloader, final Repository repository,
		final Map<String, String> pinned)
	{
		this.downloader = downloader;
		this.repository = repository;
		this.pinned = pinned;
	}

	/** Where downloaded libraries lie, each in its own folder. */
	public static Path folder() {
		return CacheFolder.path().resolve("engine");
	}

	/** The folders {@code lib} of what was downloaded. */
	public static List<Path> downloaded() {
		return ModelPlaces.foldersIn(folder()).stream()
			.filter(each -> !each.getFileName().toString().startsWith("."))
			.map(each -> each.resolve("lib")).filter(Files::isDirectory).sorted().toList();
	}

	/**
	 * Asks what a library consists of; nothing of it is downloaded.
	 *
	 * @param flavor {@code cpu}, or {@code cuXYZ} for CUDA X.YZ
	 * @throws InvalidInputException if there is none for this system
	 * @throws io.github.zimagefiji.error.DownloadFailedException if the site cannot be reached
	 * @throws io.github.zimagefiji.error.RunCanceledException if progress says so
	 */
	public Offer offer(final String flavor, final Progress progress) {
		checkFlavor(flavor);
		return new Offer(flavor, downloader.ask(repository, progress, reader -> list(flavor, reader)));
	}

	/**
	 * Looks whether a flavor could be one, without asking the site.
	 *
	 * @throws InvalidInputException if it cannot
	 */
	static void checkFlavor(final String flavor) {
		if (!FLAVOR.matcher(flavor).matches()) throw new InvalidInputException("\"" + flavor +
			"\" is no build of libtorch. It must be cpu, or such as cu128 for CUDA 12.8.");
	}

	private Listing list(final String flavor, final HostReader reader)
		throws IOException, InterruptedException
	{
		final List<RemoteFile> files = new ArrayList<>();
		final List<String> lines =
			reader.lines(repository.file("", "files.txt"), "list of native libraries");
		for (final String line : lines) {
			if (!line.startsWith(flavor + "/" + NativeLibrary.system() + "/")) continue;
			final String path =
				URLDecoder.decode(line.strip().replace("+", "%2B"), StandardCharsets.UTF_8);
			files.add(new RemoteFile(path, reader.size(repository.file("", path), "file " + path),
				pinned.get(path), null));
		}
		if (files.isEmpty())
			throw new InvalidInputException("There is no " + flavor + " build of libtorch " +
				NativeLibrary.REQUIRED + " for " + NativeLibrary.system() + ". There are: " +
				String.join(", ",
					lines.stream().filter(line -> line.contains("/" + NativeLibrary.system() + "/"))
						.map(line -> line.split("/", 2)[0]).distinct().toList()) +
				".");
		return new Listing(repository, NativeLibrary.REQUIRED, Optional.empty(), files);
	}

	/**
	 * Downloads a library, or goes on with that. It is not used before the user chooses it.
	 *
	 * @param acceptUnverified whether the user has said that files without a known hash may be used
	 * @return the folder with the libraries
	 * @throws InvalidInputException if there is an unverified file and nobody accepted that, if there
	 *           is no room, or if the cache folder cannot be written to
	 * @throws io.github.zimagefiji.error.DownloadFailedException if the site fails; what was received
	 *           is kept
	 * @throws io.github.zimagefiji.error.RunCanceledException if progress says so; what was received
	 *           is kept
	 */
	public Path download(final Offer offer, final boolean acceptUnverified, final Progress progress) {
		if (!acceptUnverified && !offer.unverified().isEmpty()) throw new InvalidInputException(offer
			.sentence() +
			" Nothing was downloaded. Allow it with the box \"Accept unverified files\" or --accept-unverified.");
		final String version = NativeLibrary.REQUIRED + "+" + offer.flavor();
		final String name =
			NativeLibrary.REQUIRED + "-" + offer.flavor() + "-" + NativeLibrary.system();
		return downloader
			.download(offer.listing(), folder(), name, new LibraryArrival(version), progress)
			.resolve("lib");
	}

	private static InputStream resource(final String name) {
		final InputStream in = EngineLibraries.class.getResourceAsStream(PINNED + name);
		if (in != null) return in;
		throw new UncheckedIOException(
			new IOException("The plugin's jar lacks " + PINNED + name + "."));
	}
}
