
package io.github.zimagefiji.hub.transfer;

import java.nio.file.Path;
import java.util.Map;

import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.source.RemoteFile;
import io.github.zimagefiji.hub.store.ManifestFile;
import io.github.zimagefiji.hub.store.ModelManifest;
import io.github.zimagefiji.hub.store.WholeModel;

/** Files that are a model stay as they came, with a note of their hashes. */
final class ModelArrival implements Arrival {

	/** Whether a folder was downloaded from the same files. */
	@Override
	public boolean isThere(final Path folder, final Listing listing) {
		final Map<String, ManifestFile> noted =
			ModelManifest.read(folder).map(ModelManifest::files).orElse(Map.of());
		for (final RemoteFile file : listing.files()) {
			final ManifestFile here = noted.get(file.path());
			final ManifestFile first = here == null || here.original() == null ? here : here.original();
			if (first == null || first.bytes() != file.bytes()) return false;
			if (file.sha256() != null && !file.sha256().equals(first.sha256())) return false;
		}
		return true;
	}

	@Override
	public void complete(final Path folder, final Listing listing,
		final Map<String, ManifestFile> files)
	{
		WholeModel.check(folder);
		ModelManifest.of(listing, files).write(folder);
	}
}
