
package io.github.zimagefiji.dataset.output;

import io.github.zimagefiji.Provenance;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * An item that is ready to be written.
 *
 * @param name of its files, without an ending
 * @param split where it belongs
 * @param image its pixels
 * @param scene its ground truth; null for images from text alone
 * @param provenance where it comes from
 */
public record MadeItem(String name, Split split, DatasetImage image, Scene scene,
		Provenance provenance)
{}
