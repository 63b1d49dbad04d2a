
package io.github.zimagefiji.dataset.output;

import java.nio.file.Path;

import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.io.Folders;

/**
 * An image and its labels as two TIFF files: what most programs read, with names and folders that
 * differ.
 */
final class PairLayout implements Layout {

	private final String folder;
	private final String imagePattern;
	private final String labelPattern;

	/**
	 * @param imagePattern path below the split's folder, with {@code %s} for the item's name
	 */
	PairLayout(final String folder, final String imagePattern, final String labelPattern) {
		this.folder = folder;
		this.imagePattern = imagePattern;
		this.labelPattern = labelPattern;
	}

	@Override
	public void write(final MadeItem item, final Path root) {
		ItemTiff.image(file(root, item, imagePattern), item);
		if (item.scene() != null) ItemTiff.labels(file(root, item, labelPattern), item);
	}

	private Path file(final Path root, final MadeItem item, final String pattern) {
		return Folders.fileIn(root,
			folder + "/" + item.split().label() + "/" + String.format(pattern, item.name()));
	}

	@Override
	public long bytesPerItem(final Recipe recipe) {
		final long pixels = (long) recipe.sampling().width() * recipe.sampling().height();
		return pixels * (recipe.pixels().bytes() + (recipe.workflow().hasLabels() ? 2 : 0)) +
			2 * ItemTiff.MORE_BYTES;
	}
}
