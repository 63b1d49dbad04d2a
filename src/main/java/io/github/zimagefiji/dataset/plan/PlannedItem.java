
package io.github.zimagefiji.dataset.plan;

import io.github.zimagefiji.dataset.recipe.Split;

/**
 * What one item is to be.
 *
 * @param index from 0
 * @param name of its files, without an ending
 * @param split where it belongs
 * @param group its scene or source image; all items of a group are in one split
 * @param source the name of the source's label file; empty for scenes and for images from text
 *          alone
 * @param labelsSeed what its labels are drawn by
 * @param prompt with every place filled
 * @param negative what to avoid, with every place filled
 * @param colour of the plain rendering
 * @param imageSeeds the seed of each attempt
 */
public record PlannedItem(int index, String name, Split split, int group, String source,
		long labelsSeed, String prompt, String negative, String colour, ImageSeeds imageSeeds)
{

	/** One line for comparing plans, with the first attempt's seed. */
	public String line() {
		return index + "\t" + name + "\t" + split.label() + "\t" + group + "\t" + source + "\t" +
			labelsSeed + "\t" + imageSeeds.of(0) + "\t" + prompt + "\t" + negative + "\t" + colour + "\n";
	}
}
