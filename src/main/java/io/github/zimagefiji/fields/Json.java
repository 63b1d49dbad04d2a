
package io.github.zimagefiji.fields;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.ToNumberPolicy;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

/**
 * Reads JSON of unknown origin, by the letter of RFC 8259 and within bounds: 64 levels, numbers of
 * 100 characters, as many values as fit into some 100 MB. Work and memory grow in step with the
 * text. No key may stand twice in an object: readers differ in which of two equal ones they
 * believe.
 */
public final class Json {

	/** Values in a text, those within others included. */
	public static final int MOST_VALUES = 500_000;

	private static final Pattern PLACE = Pattern.compile("at line (\\d+) column (\\d+)");

	private Json() {
		// only static methods
	}

	/**
	 * Reads a text.
	 *
	 * @throws MalformedTextException if it is not JSON, or beyond the bounds
	 */
	public static JsonElement parse(final String text) {
		return parse(text, MOST_VALUES);
	}

	/**
	 * Reads a text that may have more values than most, or fewer.
	 *
	 * @throws MalformedTextException if it is not JSON, or beyond the bounds
	 */
	public static JsonElement parse(final String text, final int mostValues) {
		try (JsonReader in = reader(new StringReader(text), mostValues)) {
			final JsonElement value = new Tree(in, mostValues).value();
			if (in.peek() != JsonToken.END_DOCUMENT)
				throw new MalformedTextException("other text follows it");
			return value;
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw malformed(e);
		}
	}

	/**
	 * Reads a file of UTF-8, with or without a byte order mark.
	 *
	 * @param mostBytes larger files are something else
	 * @throws MalformedTextException if it is not JSON, or beyond the bounds
	 * @throws IOException if it cannot be read
	 */
	public static JsonElement read(final Path file, final int mostBytes) throws IOException {
		return parse(BoundedText.read(file, mostBytes));
	}

	/**
	 * Reads a text that must be an object.
	 *
	 * @throws MalformedTextException if it is not JSON, no object, or beyond the bounds
	 */
	public static JsonObject object(final String text) {
		final JsonElement value = parse(text);
		if (value.isJsonObject()) return value.getAsJsonObject();
		throw new MalformedTextException("it is not an object in braces");
	}

	/**
	 * A parser for texts that are too large for a tree; it throws {@link MalformedTextException}
	 * where a text leaves the bounds.
	 */
	public static JsonReader reader(final Reader text, final int mostValues) {
		return new JsonReader(new JsonGuard(text, mostValues));
	}

	/**
	 * Reads the next value of a parser of {@link #reader}, for parts of a large text that are small.
	 *
	 * @param mostValues in that part, those within others included
	 * @throws MalformedTextException if it has more, or leaves the bounds
	 * @throws IOException if it is not JSON, or cannot be read
	 */
	public static JsonElement next(final JsonReader in, final int mostValues) throws IOException {
		return new Tree(in, mostValues).value();
	}

	/**
	 * Reads an object that may be too large for a tree, member by member.
	 *
	 * @param utf8 the text
	 * @param mostValues of the whole text; each member may have {@value #MOST_VALUES}
	 * @param member gets each name and its value
	 * @throws MalformedTextException if it is not such an object, or beyond the bounds
	 */
	public static void members(final byte[] utf8, final int mostValues,
		final BiConsumer<String, JsonElement> member)
	{
		final Reader text = new InputStreamReader(new ByteArrayInputStream(utf8),
			StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT));
		try (JsonReader in = reader(text, mostValues)) {
			if (in.peek() != JsonToken.BEGIN_OBJECT)
				throw new MalformedTextException("it is not an object in braces");
			in.beginObject();
			final Set<String> names = new HashSet<>();
			while (in.hasNext()) {
				final String name = in.nextName();
				if (!names.add(name)) throw twice(name);
				member.accept(name, next(in, MOST_VALUES));
			}
			in.endObject();
			if (in.peek() != JsonToken.END_DOCUMENT)
				throw new MalformedTextException("other text follows it");
		}
		catch (final CharacterCodingException e) {
			throw new MalformedTextException("it is not UTF-8 text", e);
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw malformed(e);
		}
	}

	private static MalformedTextException twice(final String name) {
		return new MalformedTextException("it names \"" + Excerpt.of(name) + "\" twice");
	}

	/** Says in words what a parser of {@link #reader} has thrown. */
	public static MalformedTextException malformed(final Exception e) {
		if (e instanceof EOFException) return new MalformedTextException("it ends too early", e);
		final Matcher place = PLACE.matcher(String.valueOf(e.getMessage()));
		return new MalformedTextException(
			place.find() ? "there is a mistake in line " + place.group(1) + ", column " + place.group(2)
				: "there is a mistake in it",
			e);
	}

	/** Builds one value and counts those within it. */
	private static final class Tree {

		private final JsonReader in;
		private final int most;
		private int count;

		Tree(final JsonReader in, final int most) {
			this.in = in;
			this.most = most;
		}

		JsonElement value() throws IOException {
			if (count++ > most)
				throw new MalformedTextException("a part of it has more than " + most + " values");
			return switch (in.peek()) {
				case BEGIN_OBJECT -> object();
				case BEGIN_ARRAY -> array();
				case STRING -> new JsonPrimitive(in.nextString());
				case NUMBER -> new JsonPrimitive(ToNumberPolicy.LAZILY_PARSED_NUMBER.readNumber(in));
				case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
				default -> {
					in.nextNull();
					yield JsonNull.INSTANCE;
				}
			};
		}

		private JsonArray array() throws IOException {
			final JsonArray array = new JsonArray();
			in.beginArray();
			while (in.hasNext())
				array.add(value());
			in.endArray();
			return array;
		}

		private JsonObject object() throws IOException {
			final JsonObject object = new JsonObject();
			in.beginObject();
			while (in.hasNext()) {
				final String key = in.nextName();
				if (object.has(key)) throw twice(key);
				object.add(key, value());
			}
			in.endObject();
			return object;
		}
	}
}
