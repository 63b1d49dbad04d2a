package updatesite;

import java.nio.file.Path;

/**
 * A file that the site will offer.
 *
 * @param listed its line of the whitelist
 * @param source where its bytes are
 */
record SiteFile(Listed listed, Path source) {

	/** Its name in Fiji's folder. */
	String filename() {
		return listed.filename(source);
	}
}
