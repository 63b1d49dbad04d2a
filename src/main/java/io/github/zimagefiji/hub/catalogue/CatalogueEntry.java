
package io.github.zimagefiji.hub.catalogue;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.ModelHost;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.Repository;
import io.github.zimagefiji.hub.store.WantedFiles;

/**
 * Something that can be downloaded.
 *
 * @param name of its folder; no two of a catalogue have the same
 * @param kind what it is
 * @param description a sentence for people
 * @param license such as {@code Apache-2.0}
 * @param repositories where it is published, the first to be tried first
 * @param files for a whole model those whose hash is known; else exactly those to download
 * @param defaults what it is sampled with
 */
public record CatalogueEntry(String name, ModelKind kind, String description, String license,
		List<Repository> repositories, List<CatalogueFileEntry> files, Defaults defaults)
{

	/**
	 * Sampling settings of a model; null where they have no meaning or are not known.
	 *
	 * @param steps sampling steps
	 * @param guidance scale, 0 for none
	 * @param shift of the schedule
	 */
	public record Defaults(Integer steps, Double guidance, Double shift) {}

	/** Lists are copied. */
	public CatalogueEntry {
		repositories = List.copyOf(repositories);
		files = List.copyOf(files);
	}

	/**
	 * The same, from one host only.
	 *
	 * @param host the one to ask
	 * @param mirror an address that speaks like that host; null for the host itself
	 * @throws InvalidInputException if it is not published there, or if the address must not be asked
	 */
	public CatalogueEntry from(final ModelHost host, final URI mirror) {
		final List<Repository> published =
			repositories.stream().filter(each -> each.host() == host).toList();
		// a web server may hold a copy of what is published elsewhere
		final List<Repository> asked =
			published.isEmpty() && host == ModelHost.WEB ? repositories.subList(0, 1) : published;
		if (asked.isEmpty()) throw new InvalidInputException(
			name + " is not published on " + host.title() + ". Choose another host: " +
				repositories.stream().map(Repository::title).collect(Collectors.joining(", ")) + ".");
		final List<Repository> there = asked.stream().map(each -> mirror == null && each.host() == host
			? each : new Repository(host, mirror, each.id(), each.revision())).toList();
		return new CatalogueEntry(name, kind, description, license, there, files, defaults);
	}

	/**
	 * The size of its files together, where the catalogue knows that without asking a host.
	 */
	public OptionalLong knownBytes() {
		if (kind == ModelKind.MODEL || files.stream().anyMatch(file -> file.bytes() == null))
			return OptionalLong.empty();
		return OptionalLong.of(files.stream().mapToLong(CatalogueFileEntry::bytes).sum());
	}

	/**
	 * What of a repository belongs to this entry.
	 *
	 * @param all what the host lists
	 * @throws InvalidInputException if a file is missing, or has another size or hash than is known
	 */
	public Listing select(final Listing all) {
		for (final CatalogueFileEntry known : files) {
			final RemoteFile listed =
				all.files().stream().filter(file -> file.path().equals(known.path())).findFirst()
					.orElseThrow(() -> new InvalidInputException(all.repository().title() + " has no " +
						known.path() + " any more. Update the plugin, or choose another host."));
			final boolean otherSize = known.bytes() != null && known.bytes() != listed.bytes();
			final boolean otherHash = known.sha256() != null && listed.sha256() != null &&
				!known.sha256().equals(listed.sha256());
			if (otherSize || otherHash)
				throw new InvalidInputException(all.repository().title() + " lists " + known.path() +
					" with another " + (otherSize ? "size" : "SHA-256") + " than the catalogue's entry " +
					name + ". Nothing was downloaded; choose another host, or update the plugin.");
		}
		final Listing listing =
			kind == ModelKind.MODEL ? all.only(file -> WantedFiles.ofModel(file.path()))
				: all.only(file -> files.stream().anyMatch(known -> known.path().equals(file.path())));
		return new Listing(listing.repository(), listing.commit(),
			listing.license().or(() -> Optional.of(license)), listing.files());
	}
}
