
package io.github.zimagefiji.hub.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.zimagefiji.io.CacheFolder;

/** Where models are looked for, and where new ones go. */
public final class ModelsFolder {

	/**
	 * Names a folder of models that comes before Fiji's, such as one that a laboratory shares.
	 */
	public static final String PROPERTY = "zimage.models";

	/**
	 * Names the Fiji folder for programs that Fiji did not start; {@code scripts/zimage} sets it.
	 */
	public static final String FIJI_PROPERTY = "zimage.fiji";

	/** Where models lie in the Fiji folder. */
	private static final String IN_FIJI = "models/z-image";

	private ModelsFolder() {
		// only static methods
	}

	/**
	 * Every folder of models, the first to be looked into first: the one that the property
	 * {@value #PROPERTY} names, those in Fiji folders, and the one in this program's cache. New
	 * models go into the first.
	 *
	 * @param fiji the Fiji folder, perhaps told in several ways; what is null, blank or no path is
	 *          left out
	 * @return absolute; never empty; they need not be there
	 */
	public static List<Path> all(final List<String> fiji) {
		final Set<Path> result = new LinkedHashSet<>();
		path(System.getProperty(PROPERTY), "").ifPresent(result::add);
		fiji.forEach(each -> path(each, IN_FIJI).ifPresent(result::add));
		result.add(CacheFolder.path().resolve("models").toAbsolutePath().normalize());
		return List.copyOf(result);
	}

	/**
	 * The same for a program on its own, which was given a Fiji folder or not.
	 */
	public static List<Path> all() {
		final String fiji = System.getProperty(FIJI_PROPERTY);
		return all(fiji == null ? List.of() : List.of(fiji));
	}

	private static Optional<Path> path(final String folder, final String inside) {
		if (folder == null || folder.isBlank()) return Optional.empty();
		try {
			return Optional.of(Path.of(folder).resolve(inside).toAbsolutePath().normalize());
		}
		catch (final InvalidPathException e) {
			// A property that names no folder names no models.
			return Optional.empty();
		}
	}
}
