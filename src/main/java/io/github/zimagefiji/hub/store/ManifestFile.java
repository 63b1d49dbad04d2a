
package io.github.zimagefiji.hub.store;

import java.util.Objects;

/**
 * What is noted of one file of a model.
 *
 * @param bytes its size
 * @param sha256 64 lower-case hexadecimal digits
 * @param original what the file was when it came, if it has been rewritten since; else null
 */
public record ManifestFile(long bytes, String sha256, ManifestFile original) {

	public ManifestFile {
		Objects.requireNonNull(sha256, "sha256");
	}

	/** A file as it came. */
	public ManifestFile(final long bytes, final String sha256) {
		this(bytes, sha256, null);
	}
}
