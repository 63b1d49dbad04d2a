
package io.github.zimagefiji.hub.transfer;

import java.nio.file.Path;
import java.util.Map;

import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.ModelManifest.FileNote;
import io.github.zimagefiji.hub.store.ModelPlaces;

/** What becomes of files that were downloaded together. */
public interface Arrival {

	/** Whether a folder holds already what was listed. */
	boolean isThere(Path folder, Listing listing);

	/**
	 * Looks at the files and makes of them what is to be seen; called before it can be seen.
	 *
	 * @param folder holds nothing but the files, each with its hash
	 * @param files by relative path with slashes
	 * @throws io.github.zimagefiji.error.ZImageException if they are of no use
	 */
	void complete(Path folder, Listing listing, Map<String, FileNote> files);

	/** Files that are a model stay as they came, with a note of their hashes. */
	record OfModel() implements Arrival {

		/** Whether a folder was downloaded from the same files. */
		@Override
		public boolean isThere(final Path folder, final Listing listing) {
			final Map<String, FileNote> noted = ModelManifest.filesIn(folder);
			for (final RemoteFile file : listing.files()) {
				final FileNote here = noted.get(file.path());
				final FileNote first = here == null || here.original() == null ? here : here.original();
				if (first == null || first.bytes() != file.bytes()) return false;
				if (file.sha256() != null && !file.sha256().equals(first.sha256())) return false;
			}
			return true;
		}

		@Override
		public void complete(final Path folder, final Listing listing,
			final Map<String, FileNote> files)
		{
			ModelPlaces.check(folder);
			ModelManifest.of(listing, files).write(folder);
		}
	}
}
