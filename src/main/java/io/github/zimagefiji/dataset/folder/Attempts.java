
package io.github.zimagefiji.dataset.folder;

import java.util.List;

import io.github.zimagefiji.dataset.output.MadeItem;
import io.github.zimagefiji.dataset.quality.Agreement;

/**
 * The result of making an item.
 *
 * @param item the last attempt's image
 * @param seed that it was made with
 * @param agreements of all attempts; empty without labels
 * @param accepted whether the last attempt reached the limits
 */
public record Attempts(MadeItem item, long seed, List<Agreement> agreements, boolean accepted) {}
