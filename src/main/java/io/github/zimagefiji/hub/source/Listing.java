
package io.github.zimagefiji.hub.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

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
}
