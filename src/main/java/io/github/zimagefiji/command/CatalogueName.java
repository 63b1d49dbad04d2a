
package io.github.zimagefiji.command;

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
