
package io.github.zimagefiji.dataset.output;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import com.google.gson.JsonObject;

import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * COCO: PNG files, and beside each what {@link CocoFile} needs of its objects, so that the two JSON
 * files of a split can be put together at the end without reading pixels again.
 */
final class CocoLayout implements Layout {

	private final Supplier<List<String>> classes;

	/** @param classes in the order of their numbers; asked for when the dataset is finished */
	CocoLayout(final Supplier<List<String>> classes) {
		this.classes = classes;
	}

	@Override
	public void write(final MadeItem item, final Path root) {
		ItemPng.write(Folders.fileIn(root, "coco/" + item.split().label() + "/" + item.name() + ".png"),
			item.image());
		final JsonObject objects = new JsonObject();
		objects.addProperty("width", item.scene().width());
		objects.addProperty("height", item.scene().height());
		objects.add("objects", new CocoObjects(item.scene()).toJson());
		AtomicFile.write(Folders.fileIn(root, CocoFile.objectsOf(item.name())),
			out -> out.write(objects.toString().getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public void finish(final FinishedDataset dataset) {
		final CocoFile file = new CocoFile(dataset.root(),
			"Synthetic dataset " + dataset.name() + ", made with Z-Image for Fiji", classes.get());
		dataset.items().forEach((split, names) -> {
			if (!names.isEmpty()) file.write(split, names);
		});
	}

	@Override
	public boolean finishes(final String file) {
		return file.startsWith("coco/instances_");
	}

	@Override
	public long bytesPerItem(final Recipe recipe) {
		// noise hardly compresses
		return (long) recipe.sampling().width() * recipe.sampling().height() * recipe.pixels().bytes() +
			3 * ItemTiff.MORE_BYTES;
	}
}
