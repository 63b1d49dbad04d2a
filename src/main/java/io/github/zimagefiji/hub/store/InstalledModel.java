
package io.github.zimagefiji.hub.store;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A model that the user can choose.
 *
 * @param name what dialogs and macros call it; no two of a list have the same
 * @param folder in the layout of Hugging Face diffusers, or a file or folder that a
 *          {@link io.github.zimagefiji.model.folder.CombinationFile} makes a model
 * @param origin why it is offered
 */
public record InstalledModel(String name, Path folder, Origin origin) {

	/** Why a model is offered. */
	public enum Origin {
			/** It comes with the plugin. */
			BUILT_IN,
			/** It lies in the folder that models are installed into. */
			INSTALLED,
			/** It lies in the cache of Hugging Face's own programs. */
			CACHE,
			/** Its folder was used lately. */
			RECENT
	}

	public InstalledModel {
		Objects.requireNonNull(name, "name");
		Objects.requireNonNull(folder, "folder");
		Objects.requireNonNull(origin, "origin");
	}

	/**
	 * Lists the models of folders, and those that are referred to there. Only names are looked at;
	 * whether a model is whole is found out when it is chosen. Hidden folders are not listed: models
	 * come together in one.
	 *
	 * @param parents folders whose sub-folders are models; those that are not there or cannot be read
	 *          hold none, and of two models with the same name the first counts
	 * @return by name, without regard to case
	 */
	public static List<InstalledModel> in(final List<Path> parents) {
		final Map<String, InstalledModel> found = new LinkedHashMap<>();
		for (final Path parent : parents) {
			for (final Path folder : ModelPlaces.modelsIn(parent)) {
				final String name = ModelPlaces.name(folder);
				found.putIfAbsent(name, new InstalledModel(name, folder, Origin.INSTALLED));
			}
			ModelReference.in(parent).forEach((name, folder) -> {
				if (ModelPlaces.isModel(folder))
					found.putIfAbsent(name, new InstalledModel(name, folder, Origin.INSTALLED));
			});
		}
		return found.values().stream()
			.sorted(Comparator.comparing(InstalledModel::name, String.CASE_INSENSITIVE_ORDER)).toList();
	}
}
