
package io.github.zimagefiji.engine;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;

import java.io.IOException;

/**
 * Reads a value of JSON that is meant to be small, whatever the file holds: its
 * depth and the number of its parts are limited, and a key occurs once.
 */
final class SmallJson {

	private static final int MAX_DEPTH = 8;
	private static final int MAX_PARTS = 256;
	private static final int MAX_TEXT = 2048;

	private final JsonReader json;
	private int parts;

	private SmallJson(final JsonReader json) {
		this.json = json;
	}

	/**
	 * Reads the value that is next.
	 *
	 * @throws IOException if it is malformed or not small
	 */
	static JsonElement read(final JsonReader json) throws IOException {
		return new SmallJson(json).value(0);
	}

	private JsonElement value(final int depth) throws IOException {
		if (depth > MAX_DEPTH || ++parts > MAX_PARTS) throw problem(
			"has more parts than are known");
		switch (json.peek()) {
			case BEGIN_OBJECT:
				return object(depth);
			case BEGIN_ARRAY:
				final JsonArray array = new JsonArray();
				json.beginArray();
				while (json.hasNext()) {
					array.add(value(depth + 1));
				}
				json.endArray();
				return array;
			case STRING:
				return new JsonPrimitive(text());
			case NUMBER:
				return new JsonPrimitive(json.nextDouble());
			case BOOLEAN:
				return new JsonPrimitive(json.nextBoolean());
			case NULL:
				json.nextNull();
				return JsonNull.INSTANCE;
			default:
				throw problem("is not a value");
		}
	}

	private JsonObject object(final int depth) throws IOException {
		final JsonObject object = new JsonObject();
		json.beginObject();
		while (json.hasNext()) {
			final String key = json.nextName();
			if (object.has(key)) throw problem("has the key \"" + key + "\" twice");
			object.add(key, value(depth + 1));
		}
		json.endObject();
		return object;
	}

	private String text() throws IOException {
		final String text = json.nextString();
		if (text.length() > MAX_TEXT) throw problem("has a text of " + text
			.length() + " characters");
		return text;
	}

	private UnfitTokenizerException problem(final String what) {
		return new UnfitTokenizerException(json.getPath() + " " + what);
	}
}
