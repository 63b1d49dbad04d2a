
package io.github.zimagefiji.service;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.scijava.prefs.PrefService;

import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.store.ModelPlaces;

/**
 * The model folders that were used last, the latest first, kept in the preferences.
 */
final class RecentFolders {

	private static final int KEPT = 5;
	private static final String KEY = "recent_folders";

	/** More would make the dialog wider than a small screen. */
	private static final int LONGEST_NAME = 60;

	private final PrefService prefs;

	RecentFolders(final PrefService prefs) {
		this.prefs = prefs;
	}

	/** Puts a folder first. */
	synchronized void add(final Path folder) {
		final String path = folder.toAbsolutePath().normalize().toString();
		final List<String> paths = new ArrayList<>(paths());
		paths.remove(path);
		paths.add(0, path);
		prefs.put(RecentFolders.class, KEY, paths.subList(0, Math.min(KEPT, paths.size())));
	}

	/**
	 * Those that are still there, named by their path, the middle of long ones left out.
	 */
	synchronized List<InstalledModel> models() {
		return paths().stream().flatMap(path -> folder(path).stream()).filter(ModelPlaces::isModel)
			.map(folder -> new InstalledModel(name(folder), folder, InstalledModel.Origin.RECENT))
			.toList();
	}

	private List<String> paths() {
		final List<String> paths = prefs.getList(RecentFolders.class, KEY);
		return paths == null ? List.of() : paths;
	}

	/** Preferences may come from another computer. */
	private static Optional<Path> folder(final String path) {
		try {
			return Optional.of(Path.of(path)).filter(Files::exists);
		}
		catch (final InvalidPathException e) {
			return Optional.empty();
		}
	}

	private static String name(final Path folder) {
		final String path = folder.toString();
		if (path.length() <= LONGEST_NAME) return path;
		final int start = LONGEST_NAME / 4;
		return path.substring(0, start) + "…" +
			path.substring(path.length() - (LONGEST_NAME - start - 1));
	}
}
