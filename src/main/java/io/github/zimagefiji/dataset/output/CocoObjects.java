
package io.github.zimagefiji.dataset.output;

import java.awt.Polygon;
import java.awt.Rectangle;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import ij.process.ByteProcessor;
import io.github.zimagefiji.dataset.scene.Scene;

/**
 * The objects of a scene as COCO describes them: {@link PieceOutlines}, none for an object with a
 * hole, and run lengths down the columns. Both are exact.
 */
final class CocoObjects {

	private final Scene scene;

	CocoObjects(final Scene scene) {
		this.scene = scene;
	}

	/**
	 * A list with {@code class}, {@code area}, {@code bbox}, {@code polygons} and {@code counts} for
	 * each object.
	 */
	JsonArray toJson() {
		final Rectangle[] boxes = boxes(scene);
		final int[] areas = scene.areas();
		final JsonArray list = new JsonArray();
		for (int i = 0; i < scene.count(); i++) {
			final JsonObject object = new JsonObject();
			object.addProperty("class", scene.classes().get(i));
			object.addProperty("area", areas[i]);
			final JsonArray box = new JsonArray();
			box.add(boxes[i].x);
			box.add(boxes[i].y);
			box.add(boxes[i].width);
			box.add(boxes[i].height);
			object.add("bbox", box);
			object.add("polygons", polygons(i + 1, boxes[i]));
			object.add("counts", counts(i + 1, boxes[i]));
			list.add(object);
		}
		return list;
	}

	/** The smallest rectangle around each object. */
	static Rectangle[] boxes(final Scene scene) {
		final Rectangle[] boxes = new Rectangle[scene.count()];
		for (int i = 0; i < scene.labels().length; i++) {
			final int label = scene.labels()[i];
			if (label == 0) continue;
			final Rectangle pixel = new Rectangle(i % scene.width(), i / scene.width(), 1, 1);
			if (boxes[label - 1] == null) boxes[label - 1] = pixel;
			else boxes[label - 1].add(pixel);
		}
		return boxes;
	}

	private JsonArray polygons(final int label, final Rectangle box) {
		final JsonArray polygons = new JsonArray();
		for (final Polygon outline : new PieceOutlines(mask(scene, label, box)).trace())
			polygons.add(numbers(outline, box));
		return polygons;
	}

	/** 255 in an object, 0 elsewhere, within its rectangle. */
	static ByteProcessor mask(final Scene scene, final int label, final Rectangle box) {
		final ByteProcessor mask = new ByteProcessor(box.width, box.height);
		for (int y = 0; y < box.height; y++) {
			for (int x = 0; x < box.width; x++)
				mask.set(x, y, scene.labels()[(box.y + y) * scene.width() + box.x + x] == label ? 255 : 0);
		}
		return mask;
	}

	private static JsonArray numbers(final Polygon outline, final Rectangle box) {
		final JsonArray numbers = new JsonArray();
		for (int i = 0; i < outline.npoints; i++) {
			numbers.add(outline.xpoints[i] + box.x);
			numbers.add(outline.ypoints[i] + box.y);
		}
		return numbers;
	}

	/**
	 * Lengths of runs of 0 and 1 in turn, column after column, from the top left; the first is of 0.
	 */
	private JsonArray counts(final int label, final Rectangle box) {
		final JsonArray counts = new JsonArray();
		boolean inside = false;
		long start = 0;
		for (int x = box.x; x < box.x + box.width; x++) {
			for (int y = 0; y < scene.height(); y++) {
				if (at(x, y) == label == inside) continue;
				final long now = (long) x * scene.height() + y;
				counts.add(now - start);
				start = now;
				inside = !inside;
			}
		}
		final long end = (long) (box.x + box.width) * scene.height();
		if (inside) {
			counts.add(end - start);
			start = end;
		}
		final long all = (long) scene.width() * scene.height();
		if (start < all) counts.add(all - start);
		return counts;
	}

	private int at(final int x, final int y) {
		return scene.labels()[y * scene.width() + x];
	}
}
