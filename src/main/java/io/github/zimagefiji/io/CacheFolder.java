
package io.github.zimagefiji.io;

import java.nio.file.Path;

/** Where this program keeps what it can make again. */
public final class CacheFolder {

	private CacheFolder() {}

	/**
	 * The folder that the property {@code zimage.cache} names, or {@code .cache/zimage-fiji} in the
	 * home folder.
	 */
	public static Path path() {
		final String property = System.getProperty("zimage.cache");
		return property != null ? Path.of(property)
			: Path.of(System.getProperty("user.home"), ".cache", "zimage-fiji");
	}
}
