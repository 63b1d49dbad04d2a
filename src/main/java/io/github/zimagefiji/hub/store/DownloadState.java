
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;

import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.io.AtomicFile;

/**
 * What is noted of a download that is not complete: which content each begun file is part of, so
 * that another commit's bytes are never joined to it. It holds no token and no signed address.
 *
 * @param format {@value #FORMAT}
 * @param repository for people
 * @param commit for people
 * @param files by relative path with slashes
 */
record DownloadState(int format, String repository, String commit, Map<String, Begun> files) {

	/**
	 * A file that was begun or finished.
	 *
	 * @param bytes the whole size
	 * @param hash the SHA-256 or SHA-1 of the whole; null where the host tells none
	 * @param etag the version that the server named; null without one
	 * @param sha256 of the content, once it is here and was checked; else null
	 */
	record Begun(long bytes, String hash, String etag, String sha256) {

		static Begun of(final RemoteFile file) {
			return new Begun(file.bytes(), hash(file), null, null);
		}

		boolean isOf(final RemoteFile file) {
			final String other = hash(file);
			return bytes == file.bytes() && (hash == null ? other == null : hash.equals(other));
		}

		private static String hash(final RemoteFile file) {
			return file.sha256() != null ? file.sha256() : file.gitSha1();
		}
	}

	private static final int FORMAT = 1;

	private static final int MOST_BYTES = 10_000_000;

	/** A download that begins. */
	static DownloadState of(final Listing listing, final Map<String, Begun> files) {
		return new DownloadState(FORMAT, listing.repository().page().toString(), listing.commit(),
			files);
	}

	/**
	 * Reads what an earlier download noted; what cannot be understood counts for nothing.
	 */
	static Map<String, Begun> read(final Path file) {
		try {
			if (!Files.isRegularFile(file)) return Map.of();
			final DownloadState state =
				new Gson().fromJson(Json.read(file, MOST_BYTES), DownloadState.class);
			if (state == null || state.format != FORMAT || state.files == null) return Map.of();
			final Map<String, Begun> files = new LinkedHashMap<>(state.files);
			files.values().removeIf(each -> each == null);
			return files;
		}
		catch (final IOException | RuntimeException e) {
			return Map.of();
		}
	}

	/** Writes the note. */
	void write(final Path file) {
		final String text =
			new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(this) + "\n";
		AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
	}
}
