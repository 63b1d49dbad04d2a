
package io.github.zimagefiji.service;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.scijava.app.AppService;
import org.scijava.prefs.PrefService;

import ij.IJ;
import io.github.zimagefiji.hub.builtin.BuiltInModel;
import io.github.zimagefiji.hub.store.HuggingFaceCache;
import io.github.zimagefiji.hub.store.InstalledModel;
import io.github.zimagefiji.hub.store.ModelsFolder;

/**
 * What there is to choose from: the built-in model, those in the Fiji folder and in the cache of
 * Hugging Face's programs, and the folders used last.
 */
final class ModelFolders {

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
		result.add(
			new InstalledModel(BuiltInModel.NAME, BuiltInModel.folder(), InstalledModel.Origin.BUILT_IN));
		for (final InstalledModel each : InstalledModel.in(parents())) {
			if (!each.name().equals(BuiltInModel.NAME)) result.add(each);
		}
		addNew(result, cache.models());
		addNew(result, recent.models());
		return result;
	}

	private static void addNew(final List<InstalledModel> result, final List<InstalledModel> more) {
		for (final InstalledModel each : more) {
			if (result.stream().noneMatch(
				r -> r.folder().equals(each.folder()) || r.name().equals(each.name()))) result.add(each);
		}
	}

	/** Takes notice of a folder that was used. */
	void used(final Path folder) {
		final Path absolute = folder.toAbsolutePath().normalize();
		if (absolute.equals(BuiltInModel.folder().toAbsolutePath().normalize())) return;
		if (parents().stream().noneMatch(parent -> parent.equals(absolute.getParent())))
			recent.add(absolute);
	}

	/** The folders of models, the first to be looked into first. */
	List<Path> parents() {
		final List<String> fiji = new ArrayList<>();
		if (apps.getApp() != null && apps.getApp().getBaseDirectory() != null)
			fiji.add(apps.getApp().getBaseDirectory().getPath());
		fiji.add(IJ.getDirectory("imagej"));
		return ModelsFolder.all(fiji);
	}
}
