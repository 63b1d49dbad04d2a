
package io.github.zimagefiji.dataset.output;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

import io.github.zimagefiji.dataset.recipe.PixelKind;
import io.github.zimagefiji.dataset.recipe.Recipe;
import io.github.zimagefiji.dataset.scene.Scene;
import io.github.zimagefiji.io.AtomicFile;
import io.github.zimagefiji.io.Folders;

/**
 * OME-Zarr, NGFF 0.4 in Zarr version 2: an image group with axes c, y, x and one level, and its
 * group {@code labels} with the label image {@code objects}. Each channel is one chunk without
 * compression. The group is there in full or not at all.
 *
 * @see <a href="https://ngff.openmicroscopy.org/0.4/">the specification</a>
 */
final class OmeZarrLayout implements Layout {

	private static final Gson GSON =
		new GsonBuilder().setPrettyPrinting().serializeNulls().disableHtmlEscaping().create();
	private static final String VERSION = "0.4";

	@Override
	public void write(final MadeItem item, final Path root) {
		final Path target =
			Folders.fileIn(root, "ome-zarr/" + item.split().label() + "/" + item.name() + ".zarr");
		WholeFolder.write(target, folder -> image(folder, item));
	}

	private static void image(final Path group, final MadeItem item) {
		final DatasetImage image = item.image();
		final boolean words = image.kind() == PixelKind.GREY16;
		group(group);
		json(group.resolve(".zattrs"), attributes(item.name()));
		array(group.resolve("0"), image.values(), image.channels(), image.height(), image.width(),
			words ? 2 : 1);
		if (item.scene() == null) return;
		final JsonObject names = new JsonObject();
		names.add("labels", GSON.toJsonTree(List.of("objects")));
		final Path labels = group.resolve("labels");
		group(labels);
		json(labels.resolve(".zattrs"), names);
		labels(labels.resolve("objects"), item.scene());
	}

	private static void labels(final Path group, final Scene scene) {
		group(group);
		final JsonObject attributes = attributes("objects");
		final JsonObject label = new JsonObject();
		label.addProperty("version", VERSION);
		final JsonArray properties = new JsonArray();
		for (int i = 0; i < scene.count(); i++) {
			final JsonObject property = new JsonObject();
			property.addProperty("label-value", i + 1);
			property.addProperty("class", scene.classes().get(i));
			properties.add(property);
		}
		label.add("properties", properties);
		final JsonObject source = new JsonObject();
		source.addProperty("image", "../../");
		label.add("source", source);
		attributes.add("image-label", label);
		json(group.resolve(".zattrs"), attributes);
		array(group.resolve("0"), scene.labels(), 1, scene.height(), scene.width(), 2);
	}

	private static JsonObject attributes(final String name) {
		final JsonObject scale = new JsonObject();
		scale.addProperty("type", "scale");
		scale.add("scale", GSON.toJsonTree(List.of(1.0, 1.0, 1.0)));
		final JsonObject dataset = new JsonObject();
		dataset.addProperty("path", "0");
		dataset.add("coordinateTransformations", list(scale));
		final JsonObject multiscale = new JsonObject();
		multiscale.addProperty("version", VERSION);
		multiscale.addProperty("name", name);
		multiscale.add("axes", list(axis("c", "channel"), axis("y", "space"), axis("x", "space")));
		multiscale.add("datasets", list(dataset));
		final JsonObject attributes = new JsonObject();
		attributes.add("multiscales", list(multiscale));
		return attributes;
	}

	private static JsonObject axis(final String name, final String type) {
		final JsonObject axis = new JsonObject();
		axis.addProperty("name", name);
		axis.addProperty("type", type);
		return axis;
	}

	private static JsonArray list(final JsonObject... entries) {
		final JsonArray list = new JsonArray();
		for (final JsonObject entry : entries)
			list.add(entry);
		return list;
	}

	private static void group(final Path folder) {
		Folders.make(folder);
		final JsonObject group = new JsonObject();
		group.addProperty("zarr_format", 2);
		json(folder.resolve(".zgroup"), group);
	}

	private static void array(final Path folder, final int[] values, final int channels,
		final int height, final int width, final int size)
	{
		Folders.make(folder);
		final JsonObject array = new JsonObject();
		array.add("chunks", GSON.toJsonTree(List.of(1, height, width)));
		array.add("compressor", null);
		array.addProperty("dimension_separator", "/");
		array.addProperty("dtype", size == 2 ? "<u2" : "|u1");
		array.addProperty("fill_value", 0);
		array.add("filters", null);
		array.addProperty("order", "C");
		array.add("shape", GSON.toJsonTree(List.of(channels, height, width)));
		array.addProperty("zarr_format", 2);
		json(folder.resolve(".zarray"), array);
		final byte[] bytes = DatasetImage.bytes(values, size);
		final int plane = bytes.length / channels;
		for (int channel = 0; channel < channels; channel++) {
			final int start = channel * plane;
			AtomicFile.write(Folders.fileIn(folder, channel + "/0/0"),
				out -> out.write(bytes, start, plane));
		}
	}

	private static void json(final Path file, final JsonObject content) {
		AtomicFile.write(file,
			out -> out.write((GSON.toJson(content) + "\n").getBytes(StandardCharsets.UTF_8)));
	}

	@Override
	public long bytesPerItem(final Recipe recipe) {
		final long pixels = (long) recipe.sampling().width() * recipe.sampling().height();
		return pixels * (recipe.pixels().bytes() + (recipe.workflow().hasLabels() ? 2 : 0)) +
			ItemTiff.MORE_BYTES;
	}
}
