
package io.github.zimagefiji.hub.source;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.zimagefiji.error.InvalidInputException;

/** Refuses a list of files that must not be followed. */
public final class ListingCheck {

	/** Of all files together, so that sums of sizes stay numbers. */
	private static final long MOST_BYTES = 1L << 61;
	private static final String SHA256 = "[0-9a-f]{64}";
	private static final String SHA1 = "[0-9a-f]{40}";

	private ListingCheck() {
		// only check()
	}

	/**
	 * Looks at every file.
	 *
	 * @return the same
	 * @throws InvalidInputException if a file would come to lie elsewhere or on top of another, or if
	 *           a size or a hash is invalid
	 */
	public static Listing check(final Listing listing) {
		final Map<String, String> seen = new HashMap<>();
		long total = 0;
		for (final RemoteFile file : listing.files()) {
			problem(file).ifPresent(problem -> {
				throw refused(listing, file.path(), problem);
			});
			// Windows and macOS take names for equal that differ in case only.
			final String other = seen.put(file.path().toLowerCase(Locale.ROOT), file.path());
			if (other != null)
				throw refused(listing, file.path(), "has the same name as " + other + " on some systems");
			total += file.bytes();
			if (total > MOST_BYTES) throw refused(listing, file.path(),
				"makes more than " + SizeText.of(MOST_BYTES) + " of all");
		}
		return listing;
	}

	private static Optional<String> problem(final RemoteFile file) {
		if (file.bytes() < 0) return Optional.of("has a negative size");
		if (file.sha256() != null && !file.sha256().matches(SHA256))
			return Optional.of("has an invalid SHA-256");
		if (file.gitSha1() != null && !file.gitSha1().matches(SHA1))
			return Optional.of("has an invalid SHA-1");
		return SafePath.problem(file.path());
	}

	private static InvalidInputException refused(final Listing listing, final String path,
		final String problem)
	{
		return new InvalidInputException(listing.repository().title() + " lists a file \"" + path +
			"\" that " + problem + ". Nothing was downloaded; choose a source that you trust.");
	}
}
