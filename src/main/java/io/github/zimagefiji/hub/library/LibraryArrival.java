
package io.github.zimagefiji.hub.library;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.github.zimagefiji.error.DownloadFailedException;
import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.source.SafePath;
import io.github.zimagefiji.hub.store.ContentDigest;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.hub.transfer.Arrival;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.FileFailedException;
import io.github.zimagefiji.io.Folders;

/**
 * Native libraries come compressed; they are laid out as an unpacked libtorch: {@code lib} and
 * {@code build-version}.
 */
final class LibraryArrival implements Arrival {

	private static final String ENDING = ".gz";

	private final String version;

	/** @param version such as {@code 2.7.1+cu128} */
	LibraryArrival(final String version) {
		this.version = version;
	}

	/** Whether every library has the size that was noted. */
	@Override
	public boolean isThere(final Path folder, final Listing listing) {
		final Map<String, FileNote> noted = ModelManifest.filesIn(folder);
		return noted.size() == listing.files().size() && noted.entrySet().stream()
			.allMatch(each -> folder.resolve(each.getKey()).toFile().length() == each.getValue().bytes());
	}

	@Override
	public void complete(final Path folder, final Listing listing,
		final Map<String, FileNote> files)
	{
		final Map<String, FileNote> unpacked = new LinkedHashMap<>();
		try {
			final Path lib = Files.createDirectories(folder.resolve("lib"));
			for (final RemoteFile each : listing.files()) {
				final Path packed = SafePath.place(folder, each.path());
				final String name = packed.getFileName().toString();
				if (!name.endsWith(ENDING)) throw damaged(each, "is not compressed with gzip");
				final Path library = lib.resolve(name.substring(0, name.length() - ENDING.length()));
				unpack(each, packed, library);
				unpacked.put("lib/" + library.getFileName(),
					new FileNote(Files.size(library), ContentDigest.sha256(library, count -> {})));
			}
			AtomicFile.write(folder.resolve("build-version"),
				out -> out.write(version.getBytes(StandardCharsets.UTF_8)));
			for (final RemoteFile each : listing.files()) {
				Folders.delete(folder.resolve(each.path().split("/", 2)[0]));
			}
		}
		catch (final IOException e) {
			throw new FileFailedException(folder, "The native library could not be unpacked in " + folder,
				e, "Make room, and try again; what was received is kept.");
		}
		ModelManifest.of(listing, unpacked).write(folder);
	}

	private static void unpack(final RemoteFile file, final Path packed, final Path library) {
		AtomicFile.write(library, out -> {
			try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
				in.transferTo(out);
			}
			catch (final ZipException | EOFException e) {
				Files.delete(packed);
				throw damaged(file, "cannot be unpacked");
			}
		});
	}

	private static DownloadFailedException damaged(final RemoteFile file, final String problem) {
		return new DownloadFailedException(
			file.path() + " of the native library " + problem + ". Try again later.");
	}
}
