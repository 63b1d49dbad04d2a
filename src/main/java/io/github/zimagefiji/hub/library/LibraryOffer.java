
package io.github.zimagefiji.hub.library;

import java.util.List;

import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.SizeText;

/**
 * A native library that can be downloaded.
 *
 * @param flavor {@code cpu}, or {@code cuXYZ} for CUDA X.YZ
 * @param listing its files, compressed
 */
public record LibraryOffer(String flavor, Listing listing) {

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
