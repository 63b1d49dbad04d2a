
package io.github.zimagefiji.command.models;

import io.github.zimagefiji.command.common.ModelName;

/**
 * The name of something that can be downloaded; a separate type, as {@link ModelName}.
 *
 * @param name as in the catalogue
 */
public record CatalogueName(String name) {

	/** The name alone: what dialogs show and macros hold. */
	@Override
	public String toString() {
		return name;
	}
}
