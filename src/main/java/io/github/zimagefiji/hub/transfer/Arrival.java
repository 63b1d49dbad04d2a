
package io.github.zimagefiji.hub.transfer;

import java.nio.file.Path;
import java.util.Map;

import io.github.zimagefiji.hub.source.Listing;
import io.github.zimagefiji.hub.store.ManifestFile;

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
	void complete(Path folder, Listing listing, Map<String, ManifestFile> files);
}
