
package io.github.zimagefiji.dataset.recipe.file;

import java.util.function.UnaryOperator;

import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.fields.RecordCodec;

/**
 * A recipe's text with every value named, in one fixed order, so that equal recipes have equal
 * texts. It is JSON, which {@link RecipeReader} reads as any other YAML.
 */
public final class RecipeWriter {

	private RecipeWriter() {
		// only static methods
	}

	/** Writes the text, with a line break at its end. */
	public static String write(final Recipe recipe) {
		return RecordCodec.of(Recipe.class).write(recipe, UnaryOperator.identity());
	}

	/**
	 * Writes a text that does not tell in which folder files and folders lie, so that it is the same
	 * wherever they are. It is no recipe to be read again.
	 */
	public static String writeWithoutPlaces(final Recipe recipe) {
		return RecordCodec.of(Recipe.class).write(recipe,
			path -> path.getFileName() == null ? path : path.getFileName());
	}
}
