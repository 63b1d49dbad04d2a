
package io.github.zimagefiji.fields;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import com.google.gson.stream.JsonWriter;

/**
 * Reads records from texts, and writes them, by their components: what each is called, its range
 * and its usual value are said once, by {@link Key} at the component. Components are numbers,
 * truths, texts, paths, constants of enumerations, lists of these or of records, tables of lists of
 * texts, other records (sections), and sealed interfaces of records, one of which a key chooses.
 * Written texts are JSON with every value named, in the order of the components.
 *
 * @param <R> the record
 */
public final class RecordCodec<R extends Record> {

	private static final ClassValue<RecordCodec<?>> ALL = new ClassValue<>() {

		@Override
		protected RecordCodec<?> computeValue(final Class<?> type) {
			return new RecordCodec<>(type.asSubclass(Record.class));
		}
	};

	private final Class<R> type;
	private final List<KeyedComponent> members;

	private RecordCodec(final Class<R> type) {
		this.type = type;
		members = Arrays.stream(type.getRecordComponents()).map(KeyedComponent::new).toList();
	}

	/** The codec of a record. */
	@SuppressWarnings("unchecked")
	public static <R extends Record> RecordCodec<R> of(final Class<R> type) {
		return (RecordCodec<R>) ALL.get(type);
	}

	/**
	 * Demands that numbers and ranges are within what their components allow; for constructors.
	 *
	 * @param values those of all components, in their order
	 * @throws WrongValueException if one is not
	 */
	public static void check(final Class<? extends Record> type, final Object... values) {
		final List<KeyedComponent> members = of(type).members;
		for (int i = 0; i < values.length; i++)
			members.get(i).check(values[i]);
	}

	/**
	 * Makes a record of a section.
	 *
	 * @param base what paths are relative to
	 * @throws io.github.zimagefiji.error.InvalidInputException with the place, if a value is missing,
	 *           not known, or cannot be used
	 */
	public R read(final Fields fields, final Path base) {
		return readOpen(fields.only(names("")), base);
	}

	/** A record of which texts say nothing; all its components have usual values. */
	public R usual() {
		return read(Yaml.parse("{}", "nothing"), Path.of(""));
	}

	/** The same where other components' values stand beside this record's. */
	R readOpen(final Fields fields, final Path base) {
		try {
			return make(values(fields, base));
		}
		catch (final WrongValueException e) {
			throw place(fields, e.key()).refusal(e.key(), e.getMessage());
		}
	}

	private Object[] values(final Fields fields, final Path base) {
		final Object[] values = new Object[members.size()];
		R like = null;
		for (int i = 0; i < values.length; i++) {
			final KeyedComponent member = members.get(i);
			if (!member.section().isEmpty()) member.in(fields).only(names(member.section()));
			if (member.isComputed() && like == null) like = of(Arrays.copyOf(values, i));
			values[i] = member.isComputed() && !member.in(fields).has(member.name()) ? member.get(like)
				: member.read(fields, base);
		}
		return values;
	}

	private Fields place(final Fields fields, final String key) {
		for (final KeyedComponent member : members) {
			final Fields at = member.in(fields);
			if (member.name().equals(key)) return at;
			if (member.isTable() && at.section(member.name()).has(key)) return at.section(member.name());
		}
		return fields;
	}

	R make(final Object... values) {
		final Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
			.toArray(Class<?>[]::new);
		try {
			return type.getConstructor(types).newInstance(values);
		}
		catch (final InvocationTargetException e) {
			throw unwrapped(e);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e); // constructors of public records can be called
		}
	}

	/** What the record's static method {@code of} makes of its first components. */
	private R of(final Object... first) {
		final Class<?>[] types = Arrays.stream(type.getRecordComponents()).limit(first.length)
			.map(RecordComponent::getType).toArray(Class<?>[]::new);
		try {
			final Method of = type.getMethod("of", types);
			return type.cast(of.invoke(null, first));
		}
		catch (final InvocationTargetException e) {
			throw unwrapped(e);
		}
		catch (final ReflectiveOperationException e) {
			throw new IllegalStateException(e); // whoever writes Key.COMPUTED writes this method
		}
	}

	private static RuntimeException unwrapped(final InvocationTargetException e) {
		return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
	}

	/** The names of a section's values; of "", those of the record and of its sections. */
	public Set<String> names(final String section) {
		final Set<String> names = new LinkedHashSet<>();
		for (final KeyedComponent member : members) {
			if (member.isFlat()) names.addAll(of(member.record()).names(section));
			else if (member.section().equals(section)) names.add(member.name());
			else if (section.isEmpty()) names.add(member.section());
		}
		return names;
	}

	/** Those of them that must be there. */
	Set<String> needed() {
		final Set<String> names = new LinkedHashSet<>();
		members.stream().filter(KeyedComponent::isNeeded).forEach(member -> names.add(member.name()));
		return names;
	}

	/**
	 * Writes a record as JSON, with a line break at its end.
	 *
	 * @param place what is written of a path
	 */
	public String write(final R record, final UnaryOperator<Path> place) {
		final StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(text)) {
			json.setIndent("  ");
			json.beginObject();
			write(json, record, place);
			json.endObject();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e); // a StringWriter has no reason to fail
		}
		return text + "\n";
	}

	/** Writes the values without the braces around them. */
	void write(final JsonWriter json, final Record record, final UnaryOperator<Path> place)
		throws IOException
	{
		String open = "";
		for (final KeyedComponent member : members) {
			if (!open.equals(member.section())) {
				if (!open.isEmpty()) json.endObject();
				open = member.section();
				if (!open.isEmpty()) json.name(open).beginObject();
			}
			member.write(json, member.get(record), place);
		}
		if (!open.isEmpty()) json.endObject();
	}

	/** The records that a sealed interface permits, by what texts call them. */
	static Map<String, Class<? extends Record>> kinds(final Class<?> type) {
		final Map<String, Class<? extends Record>> kinds = new LinkedHashMap<>();
		for (final Class<?> each : type.getPermittedSubclasses())
			kinds.put(each.getAnnotation(Key.class).value(), each.asSubclass(Record.class));
		return kinds;
	}

	/** Reads the record that a sealed interface's key chooses. */
	static Record readKind(final Class<?> type, final Fields fields, final Path base) {
		final Key key = type.getAnnotation(Key.class);
		final Map<String, Class<? extends Record>> kinds = kinds(type);
		final Set<String> all = new LinkedHashSet<>(List.of(key.value()));
		kinds.values().forEach(each -> all.addAll(of(each).names("")));
		fields.only(all);
		final String chosen = fields.has(key.value())
			? fields.choice(key.value(), new ArrayList<>(kinds.keySet()), name -> name) : key.usual();
		final RecordCodec<? extends Record> codec = of(kinds.get(chosen));
		final String begin = "The " + key.value() + " \"" + chosen + "\" ";
		all.remove(key.value());
		for (final String name : all) {
			if (fields.has(name) && !codec.names("").contains(name)) throw fields.refusal(name,
				begin + "has no use for the key \"" + name + "\". Leave it out.");
			if (!fields.has(name) && codec.needed().contains(name))
				throw fields.refusal(name, begin + "needs the key \"" + name + "\".");
		}
		return codec.readOpen(fields, base);
	}
}
