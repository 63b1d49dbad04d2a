
package io.github.zimagefiji.dataset.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.dataset.recipe.Split;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * Puts the JSON files of COCO together: {@code instances_SPLIT.json} with polygons, or run lengths
 * for an object with a hole, and {@code instances_SPLIT_rle.json} with run lengths alone; they are
 * not compressed. One item is held in memory at a time.
 *
 * @see <a href="https://cocodataset.org/#format-data">the format</a>
 */
public final class CocoFile {

	private final Path root;
	private final String description;
	private final List<String> classes;

	/**
	 * Files of one dataset.
	 *
	 * @param description goes into {@code info}
	 * @param classes of all objects; their numbers count from 1
	 */
	public CocoFile(final Path root, final String description, final List<String> classes) {
		this.root = root;
		this.description = description;
		this.classes = List.copyOf(classes);
	}

	static String objectsOf(final String name) {
		return "coco/.objects/" + name + ".json";
	}

	/**
	 * Writes both files of a split.
	 *
	 * @param names of the items, in order; their numbers count from 1
	 * @throws io.github.zimagefiji.error.InvalidInputException if that fails, or what is noted of an
	 *           item's objects is missing or damaged
	 */
	public void write(final Split split, final List<String> names) {
		write(split, names, false);
		write(split, names, true);
	}

	private void write(final Split split, final List<String> names, final boolean rle) {
		final Path file =
			Folders.fileIn(root, "coco/instances_" + split.label() + (rle ? "_rle" : "") + ".json");
		AtomicFile.write(file, out -> {
			final JsonWriter json =
				new JsonWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)));
			json.beginObject().name("info").beginObject().name("description").value(description)
				.endObject();
			json.name("licenses").beginArray().endArray().name("images").beginArray();
			for (int i = 0; i < names.size(); i++)
				image(json, i + 1, split, names.get(i));
			json.endArray().name("annotations").beginArray();
			annotations(json, names, rle);
			json.endArray().name("categories").beginArray();
			for (int i = 0; i < classes.size(); i++)
				json.beginObject().name("id").value(i + 1).name("name").value(classes.get(i)).endObject();
			json.endArray().endObject().flush();
		});
	}

	private void image(final JsonWriter json, final int id, final Split split, final String name)
		throws IOException
	{
		try (CocoRecords item = CocoRecords.open(root, name, classes)) {
			json.beginObject().name("id").value(id).name("file_name")
				.value(split.label() + "/" + name + ".png");
			json.name("width").value(item.width()).name("height").value(item.height()).endObject();
		}
	}

	private void annotations(final JsonWriter json, final List<String> names, final boolean rle)
		throws IOException
	{
		int id = 0;
		for (int i = 0; i < names.size(); i++) {
			try (CocoRecords item = CocoRecords.open(root, names.get(i), classes)) {
				for (Optional<CocoRecords.One> next = item.next(); next.isPresent(); next = item.next()) {
					final CocoRecords.One object = next.get();
					json.beginObject().name("id").value(++id).name("image_id").value(i + 1)
						.name("category_id").value(object.category());
					json.name("iscrowd").value(0).name("area").value(object.area());
					json.name("bbox");
					numbers(json, object.box());
					json.name("segmentation");
					if (rle || object.polygons().isEmpty()) runs(json, item, object);
					else polygons(json, object.polygons());
					json.endObject();
				}
			}
		}
	}

	private static void runs(final JsonWriter json, final CocoRecords item,
		final CocoRecords.One object) throws IOException
	{
		json.beginObject().name("size").beginArray().value(item.height()).value(item.width()).endArray()
			.name("counts");
		numbers(json, object.counts());
		json.endObject();
	}

	private static void polygons(final JsonWriter json, final List<int[]> polygons)
		throws IOException
	{
		json.beginArray();
		for (final int[] polygon : polygons)
			numbers(json, polygon);
		json.endArray();
	}

	private static void numbers(final JsonWriter json, final int[] numbers) throws IOException {
		json.beginArray();
		for (final int number : numbers)
			json.value(number);
		json.endArray();
	}
}
