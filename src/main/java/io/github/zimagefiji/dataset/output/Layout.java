
package io.github.zimagefiji.dataset.output;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

	/**
	 * Writes what describes the dataset as a whole, when all items are there.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if that fails, or what was written of
	 *           an item is damaged
	 */
	default void finish(final FinishedDataset dataset) {
		// the files of the items say all
	}

	/** Whether a file, below the dataset's folder, is one that {@link #finish} writes. */
	default boolean finishes(final String file) {
		return false;
	}

	/**
	 * Whether a file, below the dataset's folder, is one that any layout's {@link #finish} writes.
	 */
	static boolean isOfWholeDataset(final String file) {
		return Stream.of(OutputFormat.values()).map(format -> of(format, List::of))
			.anyMatch(layout -> layout.finishes(file));
	}

	/**
	 * The layout of a format.
	 *
	 * @param classes those of the dataset's objects, in the order of their numbers; asked for only
	 *          when they are needed
	 */
	static Layout of(final OutputFormat format, final Supplier<List<String>> classes) {
		return switch (format) {
			case TIFF -> new PairLayout("tiff", "images/%s.tif", "labels/%s.tif");
			case CELLPOSE -> new PairLayout("cellpose", "%s.tif", "%s_masks.tif");
			case STARDIST -> new PairLayout("stardist", "images/%s.tif", "masks/%s.tif");
			case OME_TIFF -> new OmeTiffLayout();
			case OME_ZARR -> new OmeZarrLayout();
			case COCO -> new CocoLayout(classes);
			case YOLO -> new YoloLayout(classes);
		};
	}
}
