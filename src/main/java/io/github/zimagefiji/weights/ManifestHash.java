
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.fields.Json;

/**
 * Finds the SHA-256 of a file in the note that this program's own downloads leave in a model's
 * folder.
 */
final class ManifestHash {

	private static final String NAME = ".zimage-files.json";
	private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
	private static final int MOST_BYTES = 1_000_000;
	/** Not all file systems keep fractions of seconds. */
	private static final long GRANTED_MILLIS = 1000;

	private ManifestHash() {
		// only of()
	}

	/**
	 * The SHA-256 as 64 lower-case digits, if it is noted and the file was not changed since.
	 */
	static Optional<String> of(final Path file) {
		Path model = file.getParent();
		for (int level = 0; level < KnownSha256.MAX_LEVELS && model != null; level++) {
			final Path note = model.resolve(NAME);
			if (Files.isRegularFile(note))
				return in(note, model.relativize(file).toString().replace('\\', '/'), file);
			model = model.getParent();
		}
		return Optional.empty();
	}

	private static Optional<String> in(final Path note, final String path, final Path file) {
		try {
			final long noted = Files.getLastModifiedTime(note).toMillis() + GRANTED_MILLIS;
			if (Files.size(note) > MOST_BYTES || Files.getLastModifiedTime(file).toMillis() > noted)
				return Optional.empty();
			final JsonElement entry =
				Json.read(note, MOST_BYTES).getAsJsonObject().getAsJsonObject("files").get(path);
			return entry == null ? Optional.empty() : sha256(entry.getAsJsonObject(), Files.size(file));
		}
		catch (final IOException | RuntimeException e) {
			return Optional.empty(); // a note that cannot be understood says nothing
		}
	}

	/**
	 * A file of another size is not the one that is meant, such as one that has not been narrowed
	 * yet.
	 */
	private static Optional<String> sha256(final JsonObject entry, final long bytes) {
		final String sha256 = entry.get("sha256").getAsString();
		return entry.get("bytes").getAsLong() == bytes && HEX.matcher(sha256).matches()
			? Optional.of(sha256) : Optional.empty();
	}
}
