
package io.github.zimagefiji.fields;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import com.google.gson.stream.JsonWriter;

/** One component of a record in a text, by its {@link Key}. */
final class KeyedComponent {

	private final RecordComponent component;
	private final Key key;
	private final String section;
	private final String name;

	KeyedComponent(final RecordComponent component) {
		this.component = component;
		key = component.getAnnotation(Key.class);
		final String own = component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
		final String said = key == null || key.value().isEmpty() ? own : key.value();
		final int dot = said.indexOf('.');
		section = dot < 0 ? "" : said.substring(0, dot);
		name = said.substring(dot + 1);
		component.getAccessor().setAccessible(true);
	}

	String section() {
		return section;
	}

	String name() {
		return name;
	}

	boolean isFlat() {
		return name.equals(Key.FLAT);
	}

	boolean isComputed() {
		return usual().equals(Key.COMPUTED);
	}

	boolean isNeeded() {
		return !isFlat() && usual().equals(Key.NEEDED);
	}

	boolean isTable() {
		return component.getType() == Map.class;
	}

	private String usual() {
		return key == null ? Key.NEEDED : key.usual();
	}

	Class<? extends Record> record() {
		return component.getType().asSubclass(Record.class);
	}

	Object get(final Record record) {
		try {
			return component.getAccessor().invoke(record);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e); // accessors do not fail
		}
	}

	/** The section in which the value stands. */
	Fields in(final Fields fields) {
		return section.isEmpty() ? fields : fields.section(section);
	}

	void check(final Object value) {
		if (key == null || value == null) return;
		if (value instanceof Number number) check(number.doubleValue());
		else if (value instanceof Record pair && isPair(pair.getClass())) {
			final double[] ends = ends(pair);
			check(ends[0]);
			check(ends[1]);
			if (ends[0] > ends[1]) throw new WrongValueException(name, "\"" + name + "\" goes from " +
				ends[0] + " to " + ends[1] + "; the first number must be the smaller one.");
		}
	}

	private void check(final double number) {
		WrongValueException.check(name, number, key.least(), key.most());
	}

	private static boolean isPair(final Class<?> type) {
		final Key key = type.getAnnotation(Key.class);
		return key != null && key.value().equals(Key.PAIR);
	}

	private static double[] ends(final Record pair) {
		return Arrays.stream(pair.getClass().getRecordComponents()).map(KeyedComponent::new)
			.mapToDouble(end -> (Double) end.get(pair)).toArray();
	}

	/** The value, or the default where there is none. */
	Object read(final Fields fields, final Path base) {
		if (isFlat()) return RecordCodec.of(record()).readOpen(fields, base);
		final Fields at = in(fields);
		final boolean isThere = at.has(name);
		if (!isThere && usual().equals(Key.NOTHING)) return null;
		final boolean isUsual = !isThere && !usual().equals(Key.NEEDED);
		final Fields from =
			isUsual ? Yaml.parse("{" + name + ": " + usual() + "}", "the usual value") : at;
		if (!isThere && component.getType() == List.class && !isUsual)
			throw at.problem(name, "must be a list, such as [a, b]");
		from.value(name);
		return read(component.getType(), from, base);
	}

	private Object read(final Class<?> type, final Fields at, final Path base) {
		if (type == String.class) return at.text(name);
		if (type == int.class || type == Integer.class)
			return at.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
		if (type == long.class) return at.whole(name);
		if (type == double.class || type == Double.class) return at.number(name);
		if (type == boolean.class) return at.flag(name);
		if (type == Path.class) return at.text(name).equals(usual()) ? null : at.path(name, base);
		if (type.isEnum())
			return at.choice(name, constants(type), constant -> Labelled.of(constant.name()));
		if (type == List.class) return list(elements(), at, base);
		if (type == Map.class) return table(at.section(name));
		if (isPair(type)) return pair(type.asSubclass(Record.class), at);
		return type.isSealed() ? RecordCodec.readKind(type, at.section(name), base)
			: RecordCodec.of(type.asSubclass(Record.class)).read(at.section(name), base);
	}

	private Class<?> elements() {
		final Type element =
			((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
		return (Class<?>) element;
	}

	private Object list(final Class<?> type, final Fields at, final Path base) {
		if (type.isEnum())
			return at.choices(name, constants(type), constant -> Labelled.of(constant.name()));
		if (type == String.class) return at.texts(name).stream()
			.map(text -> key.folder().isEmpty() ? text : text.replace(key.folder(), base.toString()))
			.toList();
		return at.sections(name).stream()
			.map(each -> RecordCodec.of(type.asSubclass(Record.class)).read(each, base)).toList();
	}

	private static Map<String, List<String>> table(final Fields lists) {
		final Map<String, List<String>> table = new LinkedHashMap<>();
		lists.names().forEach(each -> table.put(each, lists.texts(each)));
		return table;
	}

	private Object pair(final Class<? extends Record> type, final Fields at) {
		final double[] ends = at.numbers(name);
		if (at.value(name).isJsonArray() && ends.length != 2)
			throw at.problem(name, "must be one number or a list of two, such as [3, 6]");
		return RecordCodec.of(type).make(ends[0], ends[ends.length - 1]);
	}

	private static List<Enum<?>> constants(final Class<?> type) {
		return List.of((Enum<?>[]) type.getEnumConstants());
	}

	/** Writes name and value; nothing where there is none. */
	void write(final JsonWriter json, final Object value, final UnaryOperator<Path> place)
		throws IOException
	{
		final boolean named = value == null && component.getType() == Path.class && !isNothing();
		if (isFlat()) RecordCodec.of(record()).write(json, (Record) value, place);
		else if (named) json.name(name).value(usual());
		else
			if (value != null && !(key != null && key.quiet() && Objects.toString(value).equals(usual())))
				write(json.name(name), component.getType(), value, place);
	}

	private boolean isNothing() {
		return usual().equals(Key.NOTHING) || usual().equals(Key.NEEDED);
	}

	private static void write(final JsonWriter json, final Class<?> type, final Object value,
		final UnaryOperator<Path> place) throws IOException
	{
		if (value instanceof List<?> list) {
			json.beginArray();
			for (final Object each : list)
				write(json, each.getClass(), each, place);
			json.endArray();
		}
		else if (value instanceof Map<?, ?> table) {
			json.beginObject();
			for (final Map.Entry<?, ?> entry : table.entrySet())
				write(json.name((String) entry.getKey()), List.class, entry.getValue(), place);
			json.endObject();
		}
		else if (value instanceof Record record) write(json, type, record, place);
		else if (value instanceof Number number) json.value(number);
		else if (value instanceof Boolean flag) json.value(flag);
		else json.value(text(value, place));
	}

	private static String text(final Object value, final UnaryOperator<Path> place) {
		// the same text on every system
		if (value instanceof Path path) return place.apply(path).toString().replace('\\', '/');
		return value instanceof Enum<?> constant ? Labelled.of(constant.name()) : (String) value;
	}

	private static void write(final JsonWriter json, final Class<?> type, final Record record,
		final UnaryOperator<Path> place) throws IOException
	{
		if (isPair(type)) {
			final double[] ends = ends(record);
			json.beginArray().value(ends[0]).value(ends[1]).endArray();
			return;
		}
		json.beginObject();
		if (type.isSealed()) json.name(type.getAnnotation(Key.class).value())
			.value(record.getClass().getAnnotation(Key.class).value());
		RecordCodec.of(record.getClass().asSubclass(Record.class)).write(json, record, place);
		json.endObject();
	}
}
