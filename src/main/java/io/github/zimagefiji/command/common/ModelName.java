
package io.github.zimagefiji.command.common;

/**
 * The name of a model, as the user chooses it in a dialog or writes it in a macro. A separate type,
 * because SciJava then offers the names that are known when the dialog opens; it makes one from
 * text by itself.
 *
 * @param name as in {@link io.github.zimagefiji.service.ZImageService#models}
 */
public record ModelName(String name) {

	/** The name alone: what dialogs show and preferences keep. */
	@Override
	public String toString() {
		return name;
	}
}
