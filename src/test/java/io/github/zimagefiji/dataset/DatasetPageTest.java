
package io.github.zimagefiji.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.github.zimagefiji.dataset.plan.Plan;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.file.RecipeReader;

/** The recipes that the documentation shows are recipes. */
class DatasetPageTest {

	@Test
	void theRecipeOfThePageIsOne() throws IOException {
		final Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("docs", "dataset.md")));
		assertTrue(yaml.find());
		final Recipe recipe = RecipeReader.read(yaml.group(1), Path.of("."));
		assertEquals(100, recipe.groups());
		assertEquals(200, Plan.of(recipe).size());
	}

	@Test
	void theSegmentationOfThePageIsOne() throws IOException {
		final Matcher yaml = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("docs", "dataset.md")));
		assertTrue(yaml.find());
		final String recipe = yaml.group(1).replaceAll("(?m)^quality: .*$", "");
		assertTrue(yaml.find());
		final List<String> command =
			RecipeReader.read(recipe + yaml.group(1), Path.of("scripts", "dataset")).quality()
				.segmentation().on("image.tif", "labels.tif");
		assertTrue(Files.exists(Path.of(command.get(1))), command.get(1));
		assertEquals(List.of("image.tif", "labels.tif"), command.subList(2, 4));
	}

	@Test
	void theRecipeOfTheScriptsIsOne() {
		assertEquals(200, RecipeReader.read(Path.of("scripts", "dataset", "nuclei.yaml")).items());
	}
}
