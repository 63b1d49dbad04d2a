
package io.github.zimagefiji.dataset.recipe.file;

import java.io.IOException;
import java.nio.file.Path;

import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.BoundedText;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.fields.RecordCodec;
import io.github.zimagefiji.fields.Yaml;
import io.github.zimagefiji.io.IOReason;

/**
 * Reads a recipe's text: YAML 1.1, of which JSON is a part. Its keys are those of
 * {@code dataset-recipe.schema.json}. No objects are made of tags; whatever the text holds, only
 * {@link InvalidInputException} is thrown, with the line.
 */
public final class RecipeReader {

	/** Longer texts are something else. */
	private static final int MOST_BYTES = 2_000_000;

	private RecipeReader() {
		// only static methods
	}

	/**
	 * Reads a file; paths in it are relative to its folder.
	 *
	 * @throws InvalidInputException if it cannot be read or is no recipe
	 */
	public static Recipe read(final Path file) {
		try {
			return read(BoundedText.read(file, MOST_BYTES), file.toAbsolutePath().getParent());
		}
		catch (final MalformedTextException e) {
			throw new InvalidInputException(
				"The recipe " + file + " cannot be used: " + e.reason() + ". Save it as UTF-8 text.", e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				"The recipe " + file + " cannot be read: " + IOReason.of(e) + ". Check its name and place.",
				e);
		}
	}

	/**
	 * Reads a text.
	 *
	 * @param base what paths in it are relative to
	 * @throws InvalidInputException if it is no recipe
	 */
	public static Recipe read(final String text, final Path base) {
		return RecordCodec.of(Recipe.class).read(Yaml.parse(text, "the recipe"), base);
	}
}
