
package io.github.zimagefiji.hub.source;

import java.util.Objects;

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
}
