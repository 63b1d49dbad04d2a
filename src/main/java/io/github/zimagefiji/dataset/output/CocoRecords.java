
package io.github.zimagefiji.dataset.output;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;

import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.io.IOReason;

/**
 * Reads what {@link CocoLayout} has noted of an item's objects, one object after the other. The
 * file lies in a folder in which anyone may write, so that everything in it is checked: run lengths
 * must fill the image and add up to the area, and outlines and boxes must lie within the image.
 */
final class CocoRecords implements Closeable {

	/** Labels of 2048 × 2048 pixels take some ten million. */
	private static final int MOST_BYTES = 1 << 26;

	private final Path root;
	private final String name;
	private final List<String> classes;
	private final JsonReader json;
	private int width;
	private int height;

	/**
	 * One object.
	 *
	 * @param category number of its class, from 1
	 * @param area in pixels
	 * @param box x, y, width, height
	 * @param polygons x and y in turn; none if the object has a hole
	 * @param counts run lengths of background and object in turn, down the columns
	 */
	record One(int category, long area, int[] box, List<int[]> polygons, int[] counts) {}

	private interface Step<T> {

		T read() throws IOException;
	}

	private CocoRecords(final Path root, final String name, final List<String> classes,
		final Reader text)
	{
		this.root = root;
		this.name = name;
		this.classes = classes;
		json = Json.reader(text, MOST_BYTES);
	}

	/**
	 * Opens the notes of an item.
	 *
	 * @param root the dataset's folder
	 * @param classes of all objects, in the order of their numbers
	 * @throws InvalidInputException if they are missing or damaged
	 */
	static CocoRecords open(final Path root, final String name, final List<String> classes) {
		return refusing(root, name, () -> {
			final Path file = root.resolve(CocoFile.objectsOf(name));
			if (Files.size(file) > MOST_BYTES) throw wrong("it is too large");
			final CocoRecords notes = new CocoRecords(root, name, classes, new BufferedReader(
				new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder())));
			boolean begun = false;
			try {
				notes.begin();
				begun = true;
				return notes;
			}
			finally {
				if (!begun) notes.close();
			}
		});
	}

	private void begin() throws IOException {
		json.beginObject();
		key("width");
		width = number(1, Integer.MAX_VALUE);
		key("height");
		height = number(1, Integer.MAX_VALUE / width);
		key("objects");
		json.beginArray();
	}

	int width() {
		return width;
	}

	int height() {
		return height;
	}

	/**
	 * The next object; empty after the last.
	 *
	 * @throws InvalidInputException if the file is damaged
	 */
	Optional<One> next() {
		return refusing(root, name, () -> {
			if (json.hasNext()) return Optional.of(object());
			json.endArray();
			json.endObject();
			if (json.peek() != JsonToken.END_DOCUMENT) throw wrong("other text follows");
			return Optional.empty();
		});
	}

	private One object() throws IOException {
		json.beginObject();
		key("class");
		final int category = classes.indexOf(json.nextString()) + 1;
		if (category == 0) throw wrong("a class is unknown");
		key("area");
		final int area = number(1, width * height);
		key("bbox");
		final int[] box = numbers(Math.max(width, height), 4);
		if (box.length != 4 || box[2] < 1 || box[3] < 1 || box[2] > width - box[0] ||
			box[3] > height - box[1]) throw wrong("a box is not within the image");
		key("polygons");
		final List<int[]> polygons = polygons();
		key("counts");
		final int[] counts = counts(area);
		json.endObject();
		return new One(category, area, box, polygons, counts);
	}

	private List<int[]> polygons() throws IOException {
		final List<int[]> polygons = new ArrayList<>();
		json.beginArray();
		while (json.hasNext()) {
			final int[] polygon = numbers(Math.max(width, height), MOST_BYTES);
			boolean within = polygon.length >= 8 && polygon.length % 2 == 0;
			for (int i = 0; i < polygon.length; i++)
				within &= polygon[i] <= (i % 2 == 0 ? width : height);
			if (!within) throw wrong("an outline is not within the image");
			polygons.add(polygon);
		}
		json.endArray();
		return polygons;
	}

	/** Of the runs, only the first may be empty. */
	private int[] counts(final int area) throws IOException {
		final int[] counts = numbers(width * height, MOST_BYTES);
		long all = 0;
		long inside = 0;
		for (int i = 0; i < counts.length; i++) {
			all += counts[i];
			if (i % 2 == 1) inside += counts[i];
			if (i > 0 && counts[i] == 0) throw wrong("a run is empty");
		}
		if (all != (long) width * height || inside != area) throw wrong("the runs do not add up");
		return counts;
	}

	private int[] numbers(final int largest, final int most) throws IOException {
		int[] numbers = new int[16];
		int count = 0;
		json.beginArray();
		while (json.hasNext()) {
			if (count == most) throw wrong("a list is too long");
			if (count == numbers.length) numbers = Arrays.copyOf(numbers, 2 * count);
			numbers[count++] = number(0, largest);
		}
		json.endArray();
		return Arrays.copyOf(numbers, count);
	}

	private int number(final int least, final int largest) throws IOException {
		if (json.peek() != JsonToken.NUMBER) throw wrong("a number is missing");
		final int number = json.nextInt();
		if (number < least || number > largest) throw wrong("a number is out of range");
		return number;
	}

	private void key(final String key) throws IOException {
		if (!json.nextName().equals(key)) throw wrong("\"" + key + "\" is missing");
	}

	private static MalformedTextException wrong(final String reason) {
		return new MalformedTextException(reason);
	}

	private static <T> T refusing(final Path root, final String name, final Step<T> step) {
		final Path file = root.resolve(CocoFile.objectsOf(name));
		try {
			return step.read();
		}
		catch (final NoSuchFileException | CharacterCodingException | EOFException
				| MalformedJsonException | MalformedTextException | IllegalStateException
				| NumberFormatException e)
		{
			throw new InvalidInputException(
				file + " is missing or damaged. Remove the item's record, records/" + name +
					".json, and run again with --resume.",
				e);
		}
		catch (final IOException e) {
			throw new InvalidInputException(
				file + " cannot be read: " + IOReason.of(e) + ". Check its permissions.", e);
		}
	}

	@Override
	public void close() throws IOException {
		json.close();
	}
}
