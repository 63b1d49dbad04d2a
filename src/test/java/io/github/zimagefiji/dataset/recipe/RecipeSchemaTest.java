
package io.github.zimagefiji.dataset.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;

import io.github.zimagefiji.dataset.recipe.file.RecipeReader;
import io.github.zimagefiji.error.InvalidInputException;
import io.github.zimagefiji.fields.RecordSchema;

/** The published schema and the reader know the same keys. */
class RecipeSchemaTest {

	/**
	 * What the reader says of a key that it does not know ends with those that it does.
	 */
	private static Set<String> keysOfReader(final String recipe) {
		final String message =
			assertThrows(InvalidInputException.class, () -> RecipeReader.read(recipe, Path.of(".")))
				.getMessage();
		final int at = message.indexOf("Known are: ");
		assertTrue(at > 0, message);
		return new TreeSet<>(List.of(message.substring(at + 11, message.length() - 1).split(", ")));
	}

	private static JsonObject schema() throws IOException {
		try (Reader reader = new InputStreamReader(RecipeSchemaTest.class.getResourceAsStream(
			"/io/github/zimagefiji/dataset/dataset-recipe.schema.json"), StandardCharsets.UTF_8))
		{
			return JsonParser.parseReader(reader).getAsJsonObject();
		}
	}

	private static JsonObject at(final JsonObject section, final String... path) {
		JsonObject at = section;
		for (final String name : path)
			at = at.getAsJsonObject(name);
		return at;
	}

	@Test
	void bothKnowTheSameKeys() throws IOException {
		final JsonObject top = at(schema(), "properties");
		assertEquals(top.keySet(), keysOfReader("{x: 1}"));
		for (final String section : List.of("control", "size", "sampling", "look", "reading", "style",
			"variation", "splits", "camera", "quality", "labels"))
			assertEquals(new TreeSet<>(at(top, section, "properties").keySet()),
				keysOfReader("name: a\nitems: 10\nprompt: {text: a}\n" + section + ": {x: 1}"), section);
		assertEquals(new TreeSet<>(at(top, "prompt", "properties").keySet()),
			keysOfReader("name: a\nprompt: {x: 1}"));
		assertEquals(new TreeSet<>(at(top, "loras", "items", "properties").keySet()),
			keysOfReader("name: a\nprompt: {text: a}\nloras: [{x: 1}]"));
		assertEquals(
			new TreeSet<>(at(top, "quality", "properties", "segmentation", "properties").keySet()),
			keysOfReader("name: a\nprompt: {text: a}\nquality: {segmentation: {x: 1}}"));
		final JsonObject labels = at(top, "labels", "properties");
		assertEquals(new TreeSet<>(at(labels, "objects", "items", "properties").keySet()),
			keysOfReader("name: a\nprompt: {text: a}\nlabels: {objects: [{x: 1}]}"));
		assertEquals(new TreeSet<>(at(labels, "edits", "properties").keySet()), keysOfReader(
			"name: a\nprompt: {text: a}\nlabels: {source: real, folder: a, images: b, edits: {x: 1}}"));
	}

	@Test
	void bothKnowTheSameChoices() throws IOException {
		final JsonObject top = at(schema(), "properties");
		final Map<String, Enum<?>[]> choices =
			Map.of("workflow", Workflow.values(), "pixels", PixelKind.values());
		choices.forEach(
			(key, constants) -> assertEquals(labels(constants), texts(at(top, key).get("enum")), key));
		assertEquals(labels(OutputFormat.values()), texts(at(top, "outputs", "items").get("enum")));
		assertEquals(labels(Style.Use.values()),
			texts(at(top, "style", "properties", "as").get("enum")));
		assertEquals(labels(ImageReading.Intensity.values()),
			texts(at(top, "reading", "properties", "intensity").get("enum")));
		assertEquals(labels(LabelReading.Pieces.values()),
			texts(at(top, "labels", "properties", "pieces").get("enum")));
		assertEquals(labels(ObjectKind.values()),
			texts(at(top, "labels", "properties", "objects", "items", "properties", "kind").get("enum")));
	}

	private static List<String> labels(final Enum<?>[] constants) {
		final List<String> labels = new ArrayList<>();
		for (final Enum<?> constant : constants)
			labels.add(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
		return labels;
	}

	private static List<String> texts(final JsonElement list) {
		final List<String> texts = new ArrayList<>();
		list.getAsJsonArray().forEach(entry -> texts.add(entry.getAsString()));
		return texts;
	}

	/** What the records do not say: descriptions, and what their constructors demand besides. */
	private static final Set<String> MORE =
		Set.of("$schema", "title", "description", "pattern", "minLength", "maxLength", "multipleOf");

	/** The schema without that, and with one way to write each number. */
	private static JsonElement plain(final JsonElement value) {
		if (value.isJsonArray()) {
			final JsonArray list = new JsonArray();
			value.getAsJsonArray().forEach(each -> list.add(plain(each)));
			return list;
		}
		if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber())
			return new JsonPrimitive(value.getAsDouble());
		if (!value.isJsonObject()) return value;
		final JsonObject object = new JsonObject();
		final boolean list = !value.getAsJsonObject().has("maxItems");
		value.getAsJsonObject().asMap().forEach((key, each) -> {
			// a key of the schema is a text, a section of that name an object
			if (MORE.contains(key) && !each.isJsonObject() || list && key.equals("minItems")) return;
			object.add(key.equals("exclusiveMinimum") ? "minimum" : key, plain(each));
		});
		return object;
	}

	@Test
	void theSchemaSaysWhatTheRecordsSay() throws IOException {
		final JsonObject wanted = plain(RecordSchema.of(Recipe.class)).getAsJsonObject();
		// its constructor demands it, with a sentence of its own
		final JsonArray brightness = new JsonArray();
		brightness.add("brightness");
		at(wanted, "properties", "variation").add("required", brightness);
		assertEquals(sorted(wanted), sorted(plain(schema())));
	}

	private static String sorted(final JsonElement value) {
		if (!value.isJsonObject()) return value.toString();
		final StringBuilder text = new StringBuilder("{");
		new TreeMap<>(value.getAsJsonObject().asMap())
			.forEach((key, each) -> text.append('\n').append(key).append(": ").append(sorted(each)));
		return text.append("}").toString();
	}
}
