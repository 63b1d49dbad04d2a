package io.github.zimagefiji.dataset.scene;

import java.util.List;
import java.util.Random;

import io.github.zimagefiji.dataset.recipe.Population;

/** How many objects a scene has, which is known before it is drawn. */
public final class SceneCounts {

	private SceneCounts() {
		// only of()
	}

	/** The number of objects of each population. */
	public static int[] of(final List<Population> populations, final long seed) {
		final Random random = SceneRandom.of(seed, 0);
		return populations.stream().mapToInt(p -> p.count().wholeAt(random.nextDouble())).toArray();
	}
}
