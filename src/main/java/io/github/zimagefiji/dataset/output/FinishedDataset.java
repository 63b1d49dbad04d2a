
package io.github.zimagefiji.dataset.output;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.zimagefiji.dataset.recipe.Split;

/**
 * A dataset whose items are all there.
 *
 * @param root its folder
 * @param name as the recipe calls it
 * @param items the names of the accepted ones in each split, in order
 */
public record FinishedDataset(Path root, String name, Map<Split, List<String>> items) {}
