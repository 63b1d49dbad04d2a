
package io.github.zimagefiji.dataset.plan;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

import io.github.zimagefiji.dataset.recipe.LabelSource;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.LabelEdits;
import io.github.zimagefiji.dataset.scene.RoiSet;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.request.InputImage;

/** The labels of real images, whose objects are changed with their pixels. */
final class RealImageLabels extends FolderLabels {

	private final LabelSource.RealImages real;
	private final Map<String, Path> images;

	/**
	 * @throws io.github.zimagefiji.error.InvalidInputException if a folder cannot be read, or labels
	 *           have no image
	 */
	RealImageLabels(final Recipe recipe, final LabelSource.RealImages real) {
		super(recipe);
		this.real = real;
		images = ImagePairs.of(names(), real.images(), LabelFolder.images(real.images()));
	}

	@Override
	public Scene read(final String name) {
		if (!RoiSet.isNamed(name)) FolderCheck.checkDiffers(folder().resolve(name), images.get(name));
		return super.read(name);
	}

	@Override
	public ItemInput begin(final PlannedItem item, final Function<Path, InputImage> pictures) {
		final LabelEdits edits = new LabelEdits(read(item.source()),
			pictures.apply(images.get(item.source())), item.labelsSeed());
		edits.apply(real.edits());
		return new ItemInput(edits.scene(), edits.picture(), edits.mask());
	}
}
