
package io.github.zimagefiji.hub.store;

import java.nio.file.Path;
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
}
