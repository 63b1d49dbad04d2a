
package io.github.zimagefiji.command.dataset;

import java.nio.file.Path;
import java.util.Optional;

import io.github.zimagefiji.dataset.plan.LabelFolder;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.image.source.LabelImage;
import io.github.zimagefiji.service.ZImageService;

/**
 * What values describe, short of what only files can tell, so that it can be made on the thread
 * that draws windows.
 *
 * @param file of a whole recipe; null if values describe it
 * @param recipe as values describe it; null for a file
 * @param sized whether the recipe's size is the one that was asked for; otherwise it stands for
 *          "the default"
 */
record RecipeDraft(Path file, Recipe recipe, boolean sized) {

	/**
	 * Reads the files, which may take long.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if one cannot be used
	 */
	Recipe finish(final ZImageService zimage) {
		if (file != null) return RecipeReader.read(file);
		if (sized) return recipe;
		final Path labels = recipe.labels() == null ? null : recipe.labels().folder();
		if (labels != null) {
			final Optional<LabelImage> image = LabelFolder.firstImage(labels);
			if (image.isPresent()) return recipe.withSize(image.get().width(), image.get().height());
		}
		final int side = zimage.inspect(recipe.model() == null ? zimage.builtInModel() : recipe.model())
			.variant().defaultSide();
		return recipe.withSize(side, side);
	}
}
