
package io.github.zimagefiji.fields;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

/** Makes the JSON schema of a record from its keys, without descriptions. */
public final class RecordSchema {

	private RecordSchema() {
		// only of()
	}

	/** The schema of a section with a record's values. */
	public static JsonObject of(final Class<?> type) {
		final JsonObject properties = new JsonObject();
		final JsonArray required = new JsonArray();
		add(type, properties, required);
		return section(properties, required);
	}

	private static JsonObject section(final JsonObject properties, final JsonArray required) {
		final JsonObject section = new JsonObject();
		section.addProperty("type", "object");
		section.addProperty("additionalProperties", false);
		section.add("properties", properties);
		if (!required.isEmpty()) section.add("required", required);
		return section;
	}

	private static void add(final Class<?> type, final JsonObject properties,
		final JsonArray required)
	{
		for (final RecordComponent component : type.getRecordComponents()) {
			final Key key = component.getAnnotation(Key.class);
			final KeyedComponent member = new KeyedComponent(component);
			if (member.isFlat()) {
				add(component.getType(), properties, required);
				continue;
			}
			JsonObject at = properties;
			if (!member.section().isEmpty()) {
				if (!properties.has(member.section()))
					properties.add(member.section(), section(new JsonObject(), new JsonArray()));
				at = properties.getAsJsonObject(member.section()).getAsJsonObject("properties");
			}
			at.add(member.name(), value(component, key));
			if (member.isNeeded() || !isInRange(key)) required.add(member.name());
		}
	}

	/** A usual value out of range is refused. */
	private static boolean isInRange(final Key key) {
		return key == null || !key.usual().matches("[0-9]+") ||
			Double.parseDouble(key.usual()) >= key.least();
	}

	private static JsonObject value(final RecordComponent component, final Key key) {
		final JsonObject value = type(component, key);
		final Class<?> type = component.getType();
		final boolean isSingle = !type.isRecord() && !type.isSealed() && type != Map.class;
		final String usual = key == null ? Key.NEEDED : key.usual();
		final boolean said = !usual.startsWith("\0") && !usual.equals("[]") && isInRange(key);
		if (said && (isSingle || isPair(type))) value.add("default", usual(type, usual));
		return value;
	}

	private static JsonElement usual(final Class<?> type, final String usual) {
		final boolean isText = type == String.class || type == Path.class || type.isEnum();
		return JsonParser.parseString(isText ? "\"" + usual + "\"" : usual.replace("tiff", "\"tiff\""));
	}

	private static boolean isPair(final Class<?> type) {
		final Key key = type.getAnnotation(Key.class);
		return key != null && key.value().equals(Key.PAIR);
	}

	private static JsonObject type(final RecordComponent component, final Key key) {
		final Class<?> type = component.getType();
		if (type == List.class) {
			final JsonObject list = typed("array");
			list.add("items",
				single(
					(Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0],
					key));
			return list;
		}
		if (type == Map.class) {
			final JsonObject table = typed("object");
			final JsonObject list = typed("array");
			list.add("items", JsonParser.parseString("{'type': ['string', 'number', 'boolean']}"));
			table.add("additionalProperties", list);
			return table;
		}
		if (!isPair(type)) return single(type, key);
		final JsonObject pair = typed("array");
		pair.add("items", single(double.class, key));
		pair.addProperty("minItems", 2);
		pair.addProperty("maxItems", 2);
		final JsonArray either = new JsonArray();
		either.add(single(double.class, key));
		either.add(pair);
		final JsonObject value = new JsonObject();
		value.add("oneOf", either);
		return value;
	}

	private static JsonObject single(final Class<?> type, final Key key) {
		if (type == String.class || type == Path.class) return typed("string");
		if (type == boolean.class) return typed("boolean");
		if (type.isEnum()) {
			final JsonArray words = new JsonArray();
			for (final Object each : type.getEnumConstants())
				words.add(((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-'));
			final JsonObject value = new JsonObject();
			value.add("enum", words);
			return value;
		}
		if (type.isSealed()) return choice(type);
		if (type.isRecord()) return of(type);
		final JsonObject value =
			typed(type == double.class || type == Double.class ? "number" : "integer");
		if (key != null && !Double.isInfinite(key.least())) {
			value.addProperty("minimum", key.least());
			value.addProperty("maximum", key.most());
		}
		return value;
	}

	private static JsonObject choice(final Class<?> type) {
		final Key key = type.getAnnotation(Key.class);
		final JsonObject chooses = new JsonObject();
		final JsonArray names = new JsonArray();
		final JsonObject properties = new JsonObject();
		properties.add(key.value(), chooses);
		RecordCodec.kinds(type).forEach((name, kind) -> {
			names.add(name);
			add(kind, properties, new JsonArray());
		});
		chooses.add("enum", names);
		chooses.addProperty("default", key.usual());
		return section(properties, new JsonArray());
	}

	private static JsonObject typed(final String name) {
		final JsonObject value = new JsonObject();
		value.addProperty("type", name);
		return value;
	}
}
