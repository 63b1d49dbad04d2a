
package io.github.zimagefiji.hub.source;

import java.util.Objects;
import java.util.Optional;

/**
 * A file as a host lists it.
 *
 * @param path relative, with slashes; safe on every system
 * @param bytes its size
 * @param sha256 64 lower-case hexadecimal digits; null where the host does not tell
 * @param gitSha1 the name of its blob in git, 40 lower-case hexadecimal digits; null where the host
 *          does not tell
 */
public record RemoteFile(String path, long bytes, String sha256, String gitSha1) {

	public RemoteFile {
		Objects.requireNonNull(path, "path");
	}

	/** The end of a sentence about what must not be followed, or nothing. */
	Optional<String> problem() {
		if (bytes < 0) return Optional.of("has a negative size");
		if (sha256 != null && !sha256.matches("[0-9a-f]{64}"))
			return Optional.of("has an invalid SHA-256");
		if (gitSha1 != null && !gitSha1.matches("[0-9a-f]{40}"))
			return Optional.of("has an invalid SHA-1");
		return SafePath.problem(path);
	}
}
