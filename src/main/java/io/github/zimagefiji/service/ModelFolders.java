package io.github.zimagefiji.service;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.scijava.app.AppService;
import org.scijava.prefs.PrefService;

import ij.IJ;
import io.github.zimagefiji.hub.BuiltInModel;
import io.github.zimagefiji.hub.HuggingFaceCache;
import io.github.zimagefiji.hub.InstalledModel;
import io.github.zimagefiji.hub.InstalledModels;

/**
 * What there is to choose from: the built-in model, those in the Fiji folder and in the cache of Hugging Face's programs,
 * and the folders used last.
 */
final class ModelFolders {

	/** A folder of models to look into beside Fiji's, such as one that a laboratory shares. */
	static final String PROPERTY = "zimage.models";

	/** Where models lie in the Fiji folder. */
	private static final String IN_FIJI = "models/z-image";

	private final AppService apps;
	private final RecentFolders recent;
	private final HuggingFaceCache cache;

	ModelFolders(final AppService apps, final PrefService prefs, final HuggingFaceCache cache) {
		this.apps = apps;
		this.cache = cache;
		recent = new RecentFolders(prefs);
	}

	/** All of them, in the order for a dialog; each folder once. */
	List<InstalledModel> list() {
		final List<InstalledModel> result = new ArrayList<>();
		result.add(new InstalledModel(BuiltInModel.NAME, BuiltInModel.folder(), InstalledModel.Origin.BUILT_IN));
		for (final InstalledModel each : InstalledModels.in(parents())) {
			if (!each.name().equals(BuiltInModel.NAME)) result.add(each);
		}
		addNew(result, cache.models());
		addNew(result, recent.models());
		return result;
	}

	private static void addNew(final List<InstalledModel> result, final List<InstalledModel> more) {
		for (final InstalledModel each : more) {
			if (result.stream().noneMatch(r -> r.folder().equals(each.folder()) || r.name().equals(each.name()))) result.add(
				each);
		}
	}

	/** Takes notice of a folder that was used. */
	void used(final Path folder) {
		final Path absolute = folder.toAbsolutePath().normalize();
		if (absolute.equals(BuiltInModel.folder().toAbsolutePath().normalize())) return;
		if (parents().stream().noneMatch(parent -> parent.equals(absolute.getParent()))) recent.add(absolute);
	}

	private List<Path> parents() {
		final Set<Path> result = new LinkedHashSet<>();
		add(result, System.getProperty(PROPERTY), "");
		if (apps.getApp() != null && apps.getApp().getBaseDirectory() != null) add(result, apps.getApp().getBaseDirectory()
			.getPath(), IN_FIJI);
		add(result, IJ.getDirectory("imagej"), IN_FIJI);
		return List.copyOf(result);
	}

	private static void add(final Set<Path> result, final String folder, final String inside) {
		if (folder == null || folder.isBlank()) return;
		try {
			result.add(Path.of(folder).resolve(inside).toAbsolutePath().normalize());
		}
		catch (final InvalidPathException exc) {
			// A property that names no folder names no models.
			return;
		}
	}
}
