
package io.github.zimagefiji.hub;

import java.nio.file.Path;
import java.util.Map;

/** What becomes of files that were downloaded together. */
interface Arrival {

	/** Whether a folder holds already what was listed. */
	boolean isThere(Path folder, Listing listing);

	/**
	 * Looks at the files and makes of them what is to be seen; called before it can be seen.
	 *
	 * @param folder holds nothing but the files, each with its hash
	 * @param files by relative path with slashes
	 * @throws io.github.zimagefiji.ZImageException if they are of no use
	 */
	void complete(Path folder, Listing listing, Map<String, ManifestFile> files);
}
