
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Population;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.SceneArtist;
import io.github.zimagefiji.request.InputImage;

/** Labels of scenes that are drawn. */
final class DrawnLabels extends ItemLabels {

	private final LabelSource.Scenes scenes;

	DrawnLabels(final Recipe recipe, final LabelSource.Scenes scenes) {
		super(recipe, List.of());
		this.scenes = scenes;
	}

	@Override
	public List<String> classes() {
		return scenes.objects().stream().map(Population::className).distinct().toList();
	}

	@Override
	public ItemInput begin(final PlannedItem item, final Function<Path, InputImage> pictures) {
		return new ItemInput(
			new SceneArtist(recipe().sampling().width(), recipe().sampling().height(), scenes.objects())
				.draw(item.name(), item.labelsSeed()),
			null, null);
	}
}
