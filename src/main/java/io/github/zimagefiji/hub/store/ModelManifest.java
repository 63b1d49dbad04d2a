
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.FileFailedException;

/**
 * The note in a model's folder about where its files come from and what they hold: {@value #NAME}.
 *
 * @param format {@value #FORMAT}
 * @param source the host's address and the repository, or the folder that was imported
 * @param revision the commit or the branch; null for imported ones
 * @param license such as {@code apache-2.0}; null where it is not known
 * @param files by relative path with slashes
 */
public record ModelManifest(int format, String source, String revision, String license,
		Map<String, FileNote> files)
{

	/**
	 * What is noted of one file of a model.
	 *
	 * @param bytes its size
	 * @param sha256 64 lower-case hexadecimal digits
	 * @param original what the file was when it came, if it has been rewritten since; else null
	 */
	public record FileNote(long bytes, String sha256, FileNote original) {

		public FileNote {
			Objects.requireNonNull(sha256, "sha256");
		}

		/** A file as it came. */
		public FileNote(final long bytes, final String sha256) {
			this(bytes, sha256, null);
		}
	}

	/** The name of the file. */
	public static final String NAME = ".zimage-files.json";

	private static final int FORMAT = 1;

	private static final int MOST_BYTES = 10_000_000;

	/** @param files copied, their order kept */
	public ModelManifest {
		files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
	}

	/** What is noted of a download. */
	public static ModelManifest of(final Listing listing, final Map<String, FileNote> files) {
		return new ModelManifest(FORMAT, listing.repository().page().toString(), listing.commit(),
			listing.license().orElse(null), files);
	}

	/** What is noted of a folder that was downloaded elsewhere. */
	public static ModelManifest imported(final Path source, final Map<String, FileNote> files) {
		return new ModelManifest(FORMAT, source.toUri().toString(), null, null, files);
	}

	/** The same with other notes of files. */
	public ModelManifest with(final Map<String, FileNote> others) {
		return new ModelManifest(format, source, revision, license, others);
	}

	/**
	 * Reads the note of a model.
	 *
	 * @return nothing if there is none
	 * @throws InvalidInputException if it cannot be read, is of a later version or was changed
	 */
	public static Optional<ModelManifest> read(final Path model) {
		final Path file = model.resolve(NAME);
		if (!Files.isRegularFile(file)) return Optional.empty();
		try {
			final ModelManifest manifest =
				new Gson().fromJson(Json.read(file, MOST_BYTES), ModelManifest.class);
			if (manifest == null) throw damaged(file, null);
			if (manifest.format != FORMAT) throw new InvalidInputException(
				file + " was written by another version of the plugin. Update the plugin.");
			for (final Map.Entry<String, FileNote> each : manifest.files.entrySet()) {
				if (each.getValue() == null || SafePath.problem(each.getKey()).isPresent())
					throw damaged(file, null);
			}
			return Optional.of(manifest);
		}
		catch (final JsonParseException | NullPointerException | MalformedTextException e) {
			throw damaged(file, e);
		}
		catch (final InvalidInputException e) {
			throw e;
		}
		catch (final RuntimeException e) {
			// Gson wraps what the constructors of records throw.
			throw damaged(file, e);
		}
		catch (final IOException e) {
			throw FileFailedException.unreadable(file, e);
		}
	}

	/**
	 * What is noted of the files of a model; nothing where there is no note.
	 *
	 * @throws InvalidInputException as {@link #read}
	 */
	public static Map<String, FileNote> filesIn(final Path model) {
		return read(model).map(ModelManifest::files).orElse(Map.of());
	}

	/**
	 * Writes the note into a model's folder.
	 *
	 * @throws InvalidInputException if that is not possible
	 */
	public void write(final Path model) {
		final String text =
			new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(this) + "\n";
		AtomicFile.write(model.resolve(NAME), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
	}

	private static InvalidInputException damaged(final Path file, final Exception cause) {
		return new InvalidInputException(file + " is damaged. Remove it, or download the model again.",
			cause);
	}
}
