
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
		final int[] counts = new int[populations.size()];
		for (int i = 0; i < counts.length; i++)
			counts[i] = populations.get(i).count().wholeAt(random.nextDouble());
		return counts;
	}
}
