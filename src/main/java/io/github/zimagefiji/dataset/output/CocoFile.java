
package io.github.zimagefiji.dataset.output;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;

import io.github.zimagefiji.AtomicFile;
import io.github.zimagefiji.dataset.recipe.Split;

/**
 * Puts the JSON files of COCO together: {@code instances_SPLIT.json} with
 * polygons, or run lengths for an object with a hole, and
 * {@code instances_SPLIT_rle.json} with run lengths alone; they are not
 * compressed. One item is held in memory at a time.
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
	public CocoFile(final Path root, final String description,
		final List<String> classes)
	{
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
	 * @throws io.github.zimagefiji.InvalidInputException if that fails
	 */
	public void write(final Split split, final List<String> names) {
		write(split, names, false);
		write(split, names, true);
	}

	private void write(final Split split, final List<String> names,
		final boolean rle)
	{
		final Path file = Folders.fileIn(root, "coco/instances_" + split.label() +
			(rle ? "_rle" : "") + ".json");
		AtomicFile.write(file, out -> {
			final JsonWriter json = new JsonWriter(new BufferedWriter(
				new OutputStreamWriter(out, StandardCharsets.UTF_8)));
			json.beginObject().name("info").beginObject().name("description").value(
				description).endObject();
			json.name("licenses").beginArray().endArray().name("images").beginArray();
			for (int i = 0; i < names.size(); i++) {
				final JsonObject item = objects(names.get(i));
				json.beginObject().name("id").value(i + 1).name("file_name").value(split
					.label() + "/" + names.get(i) + ".png");
				json.name("width").value(item.get("width").getAsInt()).name("height")
					.value(item.get("height").getAsInt()).endObject();
			}
			json.endArray().name("annotations").beginArray();
			annotations(json, names, rle);
			json.endArray().name("categories").beginArray();
			for (int i = 0; i < classes.size(); i++)
				json.beginObject().name("id").value(i + 1).name("name").value(classes
					.get(i)).endObject();
			json.endArray().endObject().flush();
		});
	}

	private void annotations(final JsonWriter json, final List<String> names,
		final boolean rle) throws IOException
	{
		int id = 0;
		for (int i = 0; i < names.size(); i++) {
			final JsonObject item = objects(names.get(i));
			for (final JsonElement element : item.getAsJsonArray("objects")) {
				final JsonObject object = element.getAsJsonObject();
				final int category = classes.indexOf(object.get("class")
					.getAsString()) + 1;
				json.beginObject().name("id").value(++id).name("image_id").value(i + 1)
					.name("category_id").value(category);
				json.name("iscrowd").value(0).name("area").value(object.get("area")
					.getAsLong());
				json.name("bbox").jsonValue(object.get("bbox").toString()).name(
					"segmentation");
				final JsonArray polygons = object.getAsJsonArray("polygons");
				if (!rle && !polygons.isEmpty()) json.jsonValue(polygons.toString());
				else json.beginObject().name("size").beginArray().value(item.get(
					"height").getAsInt()).value(item.get("width").getAsInt()).endArray()
					.name("counts").jsonValue(object.get("counts").toString())
					.endObject();
				json.endObject();
			}
		}
	}

	private JsonObject objects(final String name) throws IOException {
		return JsonParser.parseString(Files.readString(root.resolve(objectsOf(
			name)))).getAsJsonObject();
	}
}
