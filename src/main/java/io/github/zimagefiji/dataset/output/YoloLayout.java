
package io.github.zimagefiji.dataset.output;

import java.awt.Point;
import java.awt.Rectangle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import com.google.gson.JsonPrimitive;

import ij.process.ByteProcessor;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * YOLO's segmentation format: PNG files, and beside each folder of images one of texts, with a line
 * for each object: the number of its class, counted from 0, and the corners of its outline as
 * shares of width and height. Outlines run along pixel edges; one line can hold one outline, so
 * pieces and holes are joined to it ({@link JoinedOutline}).
 *
 * @see <a href="https://docs.ultralytics.com/datasets/segment/">the format</a>
 */
final class YoloLayout implements Layout {

	/** Names the splits' folders and the classes. */
	private static final String DATA = "yolo/data.yaml";

	private final Supplier<List<String>> source;
	private List<String> classes;

	/** @param classes in the order of their numbers; asked for when an item is written */
	YoloLayout(final Supplier<List<String>> classes) {
		source = classes;
	}

	private synchronized List<String> classes() {
		if (classes == null) classes = source.get();
		return classes;
	}

	private int number(final String name) {
		final List<String> classes = classes();
		final int number = classes.indexOf(name);
		if (number < 0) throw new InvalidInputException("The class \"" + name +
			"\" of an object is none of the dataset's: " + String.join(", ", classes) + ".");
		return number;
	}

	@Override
	public void write(final MadeItem item, final Path root) {
		final String place = item.split().label() + "/" + item.name();
		ItemPng.write(Folders.fileIn(root, "yolo/images/" + place + ".png"), item.image());
		final StringBuilder lines = new StringBuilder();
		final Scene scene = item.scene();
		final Rectangle[] boxes = CocoObjects.boxes(scene);
		for (int i = 0; i < scene.count(); i++)
			lines.append(number(scene.classes().get(i))).append(corners(scene, i + 1, boxes[i]))
				.append('\n');
		AtomicFile.write(Folders.fileIn(root, "yolo/labels/" + place + ".txt"),
			out -> out.write(lines.toString().getBytes(StandardCharsets.UTF_8)));
	}

	private static String corners(final Scene scene, final int label, final Rectangle box) {
		final ByteProcessor mask = CocoObjects.mask(scene, label, box);
		final StringBuilder line = new StringBuilder();
		for (final Point corner : JoinedOutline.of(new PieceOutlines(mask).traceWithHoles()))
			line.append(String.format(Locale.ROOT, " %.7f %.7f",
				(corner.x + box.x) / (double) scene.width(), (corner.y + box.y) / (double) scene.height()));
		return line.toString();
	}

	/** Without a line for a split that has no images: programs would look for its folder. */
	@Override
	public void finish(final FinishedDataset dataset) {
		final StringBuilder text = new StringBuilder("# Synthetic dataset " +
			new JsonPrimitive(dataset.name()) + ", made with Z-Image for Fiji\n");
		for (final Split split : Split.values()) {
			if (!dataset.items().getOrDefault(split, List.of()).isEmpty())
				text.append(split.label()).append(": images/").append(split.label()).append('\n');
		}
		text.append("names:\n");
		for (int i = 0; i < classes().size(); i++)
			text.append("  ").append(i).append(": ").append(new JsonPrimitive(classes().get(i)))
				.append('\n');
		AtomicFile.write(Folders.fileIn(dataset.root(), DATA),
			out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public boolean finishes(final String file) {
		return file.equals(DATA);
	}

	@Override
	public long bytesPerItem(final Recipe recipe) {
		return (long) recipe.sampling().width() * recipe.sampling().height() * recipe.pixels().bytes() +
			2 * ItemTiff.MORE_BYTES;
	}
}
