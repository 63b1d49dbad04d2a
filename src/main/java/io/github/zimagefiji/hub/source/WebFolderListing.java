
package io.github.zimagefiji.hub.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A folder on a web server, such as one of a laboratory, whose files are named with their SHA-256
 * in {@code SHA256SUMS}, as {@code sha256sum} writes it. Sizes are asked for file by file; a
 * license is not known.
 */
final class WebFolderListing {

	private static final String LIST = "SHA256SUMS";
	private static final int MOST_FILES = 1000;
	/** A hash, a mark for text or binary, a path; names with line breaks begin with a backslash. */
	private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](?:\\./)?([^\\\\]+)");

	private final Repository repository;
	private final HostReader reader;

	WebFolderListing(final Repository repository, final HostReader reader) {
		this.repository = repository;
		this.reader = reader;
	}

	Listing read() throws IOException, InterruptedException {
		final List<RemoteFile> files = new ArrayList<>();
		for (final String line : reader.lines(repository.file(repository.revision(), LIST), LIST)) {
			if (line.isBlank()) continue;
			final Matcher parts = LINE.matcher(line);
			if (!parts.matches() || files.size() == MOST_FILES) throw reader.strange(LIST, null);
			final String path = parts.group(2);
			if (path.equals(LIST)) continue;
			// before it becomes an address
			if (SafePath.problem(path).isPresent()) throw reader.strange(LIST, null);
			final long bytes = reader.size(repository.file(repository.revision(), path), "file " + path);
			files.add(new RemoteFile(path, bytes, parts.group(1), null));
		}
		return new Listing(repository, repository.revision(), Optional.empty(), files);
	}
}
