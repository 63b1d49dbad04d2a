
package io.github.zimagefiji.hub.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.Folders;

/**
 * The hidden place beside models where one of them comes together: {@code .zimage-staging/NAME}
 * with {@code files}, which becomes the model's folder, {@code parts} of files, and
 * {@code download.json}. To be used under the model's {@link ModelLock}.
 */
public final class Staging {

	/** The folder in the folder of models. */
	public static final String FOLDER = ".zimage-staging";

	private static final String STATE = "download.json";

	private final Path root;
	private final Listing listing;
	private final Map<String, DownloadState.Begun> begun = new LinkedHashMap<>();

	private Staging(final Path root, final Listing listing) {
		this.root = root;
		this.listing = listing;
	}

	/** Where a model comes together. */
	public static Path root(final Path models, final String name) {
		return models.resolve(FOLDER).resolve(name);
	}

	/**
	 * Whether a folder among those of {@link #root} is a download that is not complete.
	 */
	static boolean isBegun(final Path folder) {
		return Files.isRegularFile(folder.resolve(STATE));
	}

	/**
	 * Opens the place, and clears away what belongs to other content than the list names.
	 *
	 * @throws InvalidInputException if it cannot be written to
	 */
	public static Staging open(final Path models, final String name, final Listing listing) {
		final Staging staging = new Staging(root(models, name), listing);
		SafePath.makeFolder(staging.files());
		SafePath.makeFolder(staging.root.resolve("parts"));
		final Map<String, DownloadState.Begun> before = DownloadState.read(staging.root.resolve(STATE));
		try {
			for (final RemoteFile file : listing.files()) {
				final DownloadState.Begun old = before.get(file.path());
				final boolean same = old != null && old.isOf(file);
				if (!same) {
					Files.deleteIfExists(staging.part(file));
					Files.deleteIfExists(staging.whole(file));
				}
				staging.begun.put(file.path(), same ? old : DownloadState.Begun.of(file));
			}
			staging.clearOthers();
		}
		catch (final IOException e) {
			throw new FileFailedException(staging.root, "The folder " + staging.root + " cannot be used",
				e, "Check its permissions.");
		}
		staging.save();
		return staging;
	}

	/** The folder that becomes the model's. */
	public Path files() {
		return root.resolve("files");
	}

	/** The place of a part of a file. */
	public Path part(final RemoteFile file) throws IOException {
		return SafePath.place(root.resolve("parts"), file.path() + ".part");
	}

	/** The place of a file that is whole. */
	public Path whole(final RemoteFile file) throws IOException {
		return SafePath.place(files(), file.path());
	}

	/**
	 * The SHA-256 of a file that is whole and was checked; null if it is not here yet.
	 */
	public synchronized String doneSha256(final RemoteFile file) throws IOException {
		final Path whole = whole(file);
		final boolean here =
			Files.isRegularFile(whole, LinkOption.NOFOLLOW_LINKS) && Files.size(whole) == file.bytes();
		return here ? begun.get(file.path()).sha256() : null;
	}

	/** Bytes that need not come any more. */
	public long bytesHere() throws IOException {
		long bytes = 0;
		for (final RemoteFile file : listing.files()) {
			final Path part = part(file);
			if (doneSha256(file) != null) bytes += file.bytes();
			else if (Files.isRegularFile(part, LinkOption.NOFOLLOW_LINKS))
				bytes += Math.min(file.bytes(), Files.size(part));
		}
		return bytes;
	}

	/** The version of a begun file that the server named, or null. */
	public synchronized String etag(final RemoteFile file) {
		return begun.get(file.path()).etag();
	}

	/** Takes note of the version that the server names. */
	public synchronized void began(final RemoteFile file, final String etag) {
		final DownloadState.Begun old = begun.get(file.path());
		if (etag == null ? old.etag() == null : etag.equals(old.etag())) return;
		begun.put(file.path(), new DownloadState.Begun(old.bytes(), old.hash(), etag, null));
		save();
	}

	/**
	 * Takes note of a file that is complete and right, before it is moved to its place.
	 */
	public synchronized void done(final RemoteFile file, final String sha256) {
		final DownloadState.Begun old = begun.get(file.path());
		begun.put(file.path(), new DownloadState.Begun(old.bytes(), old.hash(), old.etag(), sha256));
		save();
	}

	/**
	 * Makes the files a model that can be seen, in one step.
	 *
	 * @throws InvalidInputException if that is not possible
	 */
	public void publish(final Path target) {
		Folders.rename(files(), target);
		// What is left is hidden, small, and cleared by the next download of that name.
		Folders.deleteIfPossible(root);
	}

	private void save() {
		DownloadState.of(listing, begun).write(root.resolve(STATE));
	}

	/** Files that the list no longer names must not become part of the model. */
	private void clearOthers() throws IOException {
		for (final String folder : new String[] { "files", "parts" }) {
			final Path top = root.resolve(folder);
			try (var paths = Files.walk(top)) {
				for (final Path each : paths
					.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)).toList())
				{
					final String name = top.relativize(each).toString().replace('\\', '/');
					final String path = folder.equals("parts") ? name.replaceAll("\\.part$", "") : name;
					if (!begun.containsKey(path)) Files.delete(each);
				}
			}
		}
	}
}
