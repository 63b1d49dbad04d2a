
package io.github.zimagefiji.weights;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

import io.github.zimagefiji.fields.Json;

/**
 * Finds the SHA-256 of a downloaded file where the downloader noted it, without reading gigabytes.
 *
 * @see <a href=
 *      "https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/_local_folder.py">the
 *      notes beside downloads into a folder</a>
 */
public final class KnownSha256 {

	private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
	private static final String NOTES = ".cache/huggingface/download";
	private static final String MANIFEST = ".zimage-files.json";
	private static final int MAX_MANIFEST_BYTES = 1_000_000;
	/** Not all file systems keep fractions of seconds. */
	private static final long GRANTED_MILLIS = 1000;
	/** How far above a file the model folder may be. */
	private static final int MAX_LEVELS = 3;
	/** Notes larger than this are not notes. */
	private static final long MAX_NOTE_BYTES = 10_000;

	private KnownSha256() {
		// only static methods
	}

	/** The SHA-256 as 64 lower-case digits, if it is known. */
	public static Optional<String> of(final Path file) {
		try {
			final Optional<String> cached = fromCache(file);
			final Path absolute = file.toAbsolutePath().normalize();
			return cached.or(() -> fromManifest(absolute)).or(() -> fromNotes(absolute));
		}
		catch (final IOException | UncheckedIOException e) {
			// A checksum that cannot be looked up is not known; the weights
			// themselves may be fine.
			return Optional.empty();
		}
	}

	/**
	 * In the cache of Hugging Face a file is a link to {@code blobs/<SHA-256>}.
	 */
	private static Optional<String> fromCache(final Path file) throws IOException {
		final Path real = file.toRealPath();
		final Path folder = real.getParent().getFileName();
		final String name = real.getFileName().toString();
		return folder != null && folder.toString().equals("blobs") && HEX.matcher(name).matches()
			? Optional.of(name) : Optional.empty();
	}

	/**
	 * A download into a folder leaves
	 * {@code <model>/.cache/huggingface/download/<relative path>.metadata}.
	 */
	private static Optional<String> fromNotes(final Path file) {
		Path model = file.getParent();
		try {
			for (int level = 0; level < MAX_LEVELS && model != null; level++) {
				final Path note = model.resolve(NOTES).resolve(model.relativize(file) + ".metadata");
				if (Files.isRegularFile(note) && Files.size(note) <= MAX_NOTE_BYTES)
					return fromNote(note, file);
				model = model.getParent();
			}
			return Optional.empty();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Three lines: commit, etag (the SHA-256 of large files), time of the download in seconds since
	 * 1970.
	 */
	private static Optional<String> fromNote(final Path note, final Path file) throws IOException {
		final List<String> lines = Files.readAllLines(note);
		if (lines.size() < 3 || !HEX.matcher(lines.get(1).strip()).matches()) return Optional.empty();
		try {
			// As in the reference, one second is granted, since not all file systems
			// keep fractions.
			final double modified = Files.getLastModifiedTime(file).toMillis() / 1000.0 - 1;
			return modified <= Double.parseDouble(lines.get(2).strip())
				? Optional.of(lines.get(1).strip()) : Optional.empty();
		}
		catch (final NumberFormatException e) {
			return Optional.empty();
		}
	}

	/**
	 * In the note that this program's own downloads leave in a model's folder, if the file was not
	 * changed since.
	 */
	private static Optional<String> fromManifest(final Path file) {
		Path model = file.getParent();
		for (int level = 0; level < MAX_LEVELS && model != null; level++) {
			final Path note = model.resolve(MANIFEST);
			if (Files.isRegularFile(note))
				return fromManifest(note, model.relativize(file).toString().replace('\\', '/'), file);
			model = model.getParent();
		}
		return Optional.empty();
	}

	private static Optional<String> fromManifest(final Path note, final String path,
		final Path file)
	{
		try {
			final long noted = Files.getLastModifiedTime(note).toMillis() + GRANTED_MILLIS;
			if (Files.size(note) > MAX_MANIFEST_BYTES ||
				Files.getLastModifiedTime(file).toMillis() > noted) return Optional.empty();
			final JsonElement entry =
				Json.read(note, MAX_MANIFEST_BYTES).getAsJsonObject().getAsJsonObject("files").get(path);
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
