
package io.github.zimagefiji.hub.source;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * What a repository holds, as its host says; known before the first byte of a file is asked for.
 *
 * @param repository where
 * @param commit what files are asked for by: the commit that the revision stood for, or the
 *          revision itself
 * @param license such as {@code apache-2.0}; empty where it is not known
 * @param files those to download
 */
public record Listing(Repository repository, String commit, Optional<String> license,
		List<RemoteFile> files)
{

	/** Of all files together, so that sums of sizes stay numbers. */
	private static final long MOST_BYTES = 1L << 61;

	/** Lists are copied. */
	public Listing {
		Objects.requireNonNull(repository, "repository");
		Objects.requireNonNull(commit, "commit");
		files = List.copyOf(files);
	}

	/** The size of all files together. */
	public long totalBytes() {
		return files.stream().mapToLong(RemoteFile::bytes).sum();
	}

	/**
	 * What the user must know before the first byte: size, number of files, where from, and the
	 * license.
	 */
	public String terms() {
		return SizeText.of(totalBytes()) + " in " + files.size() +
			(files.size() == 1 ? " file" : " files") + " from " + repository.title() + ", license " +
			license.orElse("not told") + " (" + repository.page() + ")";
	}

	/** Some of the files. */
	public Listing only(final Predicate<RemoteFile> wanted) {
		return new Listing(repository, commit, license, files.stream().filter(wanted).toList());
	}

	/**
	 * Refuses a list that must not be followed.
	 *
	 * @return the same
	 * @throws InvalidInputException if a file would come to lie elsewhere or on top of another, or if
	 *           a size or a hash is invalid
	 */
	public Listing checked() {
		final Map<String, String> seen = new HashMap<>();
		long total = 0;
		for (final RemoteFile file : files) {
			file.problem().ifPresent(problem -> {
				throw refused(file.path(), problem);
			});
			// Windows and macOS take names for equal that differ in case only.
			final String other = seen.put(file.path().toLowerCase(Locale.ROOT), file.path());
			if (other != null)
				throw refused(file.path(), "has the same name as " + other + " on some systems");
			total += file.bytes();
			if (total > MOST_BYTES)
				throw refused(file.path(), "makes more than " + SizeText.of(MOST_BYTES) + " of all");
		}
		return this;
	}

	private InvalidInputException refused(final String path, final String problem) {
		return new InvalidInputException(repository.title() + " lists a file \"" + path + "\" that " +
			problem + ". Nothing was downloaded; choose a source that you trust.");
	}
}
