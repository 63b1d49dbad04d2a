
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import io.github.zimagefiji.io.IOReason;

/**
 * A file of a model with the hashes that were noted when it came.
 *
 * @param file where it lies
 * @param sha256 64 lower-case hexadecimal digits; null if none was noted
 * @param original the hash of what it was before it was narrowed; null if it was not
 */
public record NotedFile(Path file, String sha256, String original) {

	/** What a model's folder notes of one of its files. */
	static NotedFile of(final Path model, final String path, final ManifestFile note) {
		return new NotedFile(model.resolve(path), note.sha256(),
			note.original() == null ? null : note.original().sha256());
	}

	/** Whether there is something to compare it with. */
	public boolean isKnown() {
		return sha256 != null;
	}

	/**
	 * Reads the file and compares its hash. A file that is being narrowed may be the one before or
	 * the one after.
	 *
	 * @return the end of a sentence about what is wrong with it; nothing if it is right
	 */
	public Optional<String> problem(final ByteProgress meter) {
		if (!file.toFile().isFile()) return Optional.of("is missing");
		try {
			final String now = ContentDigest.sha256(file, count -> {
				meter.add(count);
				meter.tell();
			});
			if (now.equals(sha256) || now.equals(original)) return Optional.empty();
			return Optional.of("is damaged: its SHA-256 is " + now + ", but should be " + sha256);
		}
		catch (final IOException e) {
			return Optional.of("cannot be read: " + IOReason.of(e));
		}
	}
}
