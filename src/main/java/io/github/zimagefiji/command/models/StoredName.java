
package io.github.zimagefiji.command.models;

import io.github.zimagefiji.command.common.ModelName;

/**
 * The name of something in the folder of models, ready or not; a separate type, as
 * {@link ModelName}.
 *
 * @param name as in {@link io.github.zimagefiji.hub.store.StoredModels}
 */
public record StoredName(String name) {

	/** The name alone: what dialogs show and macros hold. */
	@Override
	public String toString() {
		return name;
	}
}
