
package io.github.zimagefiji.dataset.output;

import java.nio.file.Path;

import io.github.zimagefiji.dataset.recipe.OutputFormat;
import io.github.zimagefiji.dataset.recipe.Recipe;

/**
 * How one output format puts items into files. The same item gives the same bytes.
 */
public interface Layout {

	/**
	 * Writes an item's files; those that a killed run left are replaced.
	 *
	 * @param root the dataset's folder
	 * @throws io.github.zimagefiji.error.InvalidInputException if a file cannot be written
	 */
	void write(MadeItem item, Path root);

	/** About how many bytes an item takes. */
	long bytesPerItem(Recipe recipe);

	/** The layout of a format. */
	static Layout of(final OutputFormat format) {
		return switch (format) {
			case TIFF -> new PairLayout("tiff", "images/%s.tif", "labels/%s.tif");
			case CELLPOSE -> new PairLayout("cellpose", "%s.tif", "%s_masks.tif");
			case STARDIST -> new PairLayout("stardist", "images/%s.tif", "masks/%s.tif");
			case OME_TIFF -> new OmeTiffLayout();
			case OME_ZARR -> new OmeZarrLayout();
			case COCO -> new CocoLayout();
		};
	}
}
