
package io.github.zimagefiji.fields;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** In which lines the values and keys of a tree stand, counted from 1. */
final class Lines {

	private final Map<JsonElement, Integer> values = new IdentityHashMap<>();
	private final Map<JsonObject, Map<String, Integer>> keys = new IdentityHashMap<>();

	void put(final JsonElement value, final int line) {
		values.putIfAbsent(value, line);
	}

	void put(final JsonObject section, final String key, final int line) {
		keys.computeIfAbsent(section, each -> new HashMap<>()).put(key, line);
	}

	int of(final JsonElement value) {
		return values.get(value);
	}

	/** The line of a key, or of the section where it is missing. */
	int of(final JsonObject section, final String key) {
		final Integer line = keys.getOrDefault(section, Map.of()).get(key);
		return line == null ? of(section) : line;
	}
}
