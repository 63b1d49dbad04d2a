
package io.github.zimagefiji.weights;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import io.github.zimagefiji.fields.Excerpt;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;

/**
 * Reads JSON objects strictly: no doubled keys, no other type than the one asked for, nothing after
 * the end. Gson's tree parser would let the last of two equal keys win in silence.
 */
public final class JsonText {

	/**
	 * Takes one member of an object; the reader stands at its value and must be moved past it.
	 */
	@FunctionalInterface
	public interface Member {

		void read(String key) throws IOException;
	}

	private static final int MAX_DEPTH = 32;

	/** Those of the largest header, 100 MB, with short names. */
	private static final int MOST_VALUES = 8_000_000;

	private final Path file;
	private final String part;
	private final JsonReader in;

	/**
	 * @param file for messages
	 * @param part what of the file this is, for messages, such as "its header"
	 * @param bytes UTF-8
	 */
	public JsonText(final Path file, final String part, final byte[] bytes) {
		this.file = file;
		this.part = part;
		in = Json.reader(new InputStreamReader(new ByteArrayInputStream(bytes),
			StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
				.onUnmappableCharacter(CodingErrorAction.REPORT)),
			MOST_VALUES);
	}

	/**
	 * Reads the whole text, which must be one object.
	 *
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is not
	 */
	public void readDocument(final Member member) {
		try {
			readObject(member);
			expect(JsonToken.END_DOCUMENT, "one JSON object");
		}
		catch (final CharacterCodingException e) {
			throw Refusal.damaged(file, part + " is not UTF-8 text", e);
		}
		catch (final MalformedTextException e) {
			throw Refusal.damaged(file, part + " is not valid JSON: " + e.reason(), e);
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			throw Refusal.damaged(file, part + " is not valid JSON: " + Json.malformed(e).reason(), e);
		}
	}

	/** Reads the object at which the reader stands. */
	public void readObject(final Member member) throws IOException {
		expect(JsonToken.BEGIN_OBJECT, "a JSON object");
		in.beginObject();
		final Set<String> seen = new HashSet<>();
		while (in.hasNext()) {
			final String key = in.nextName();
			if (!seen.add(key))
				throw Refusal.damaged(file, part + " names \"" + Excerpt.of(key) + "\" twice");
			member.read(key);
		}
		in.endObject();
	}

	/** Reads a text value. */
	public String readString() throws IOException {
		expect(JsonToken.STRING, "a text");
		return in.nextString();
	}

	/**
	 * Reads an array of whole numbers.
	 *
	 * @param largestCount more numbers than this are refused
	 */
	long[] readLongs(final int largestCount) throws IOException {
		expect(JsonToken.BEGIN_ARRAY, "an array");
		in.beginArray();
		final long[] values = new long[largestCount];
		int count = 0;
		while (in.hasNext()) {
			if (count == largestCount) throw Refusal.damaged(file,
				part + " has more than " + largestCount + " numbers in " + Excerpt.of(in.getPath()));
			values[count++] = readLong();
		}
		in.endArray();
		return Arrays.copyOf(values, count);
	}

	private long readLong() throws IOException {
		expect(JsonToken.NUMBER, "a number");
		final String digits = in.nextString();
		// 18 digits are more than any disk holds, and fit into 63 bits.
		if (!digits.matches("-?\\d{1,18}")) throw Refusal.damaged(file,
			part + " has " + digits + " where a whole number below 10^18 is needed");
		return Long.parseLong(digits);
	}

	/** Reads a number of any kind. */
	public double readNumber() throws IOException {
		expect(JsonToken.NUMBER, "a number");
		// Gson takes no number of more than 1024 letters for one.
		return Double.parseDouble(in.nextString());
	}

	/** Reads true or false. */
	public boolean readBoolean() throws IOException {
		expect(JsonToken.BOOLEAN, "true or false");
		return in.nextBoolean();
	}

	/** Whether the reader stands at a text. */
	public boolean isString() throws IOException {
		return in.peek() == JsonToken.STRING;
	}

	/** Whether the reader stands at true or false. */
	boolean isBoolean() throws IOException {
		return in.peek() == JsonToken.BOOLEAN;
	}

	/** Passes over a null, if the reader stands at one. */
	public boolean skipNull() throws IOException {
		if (in.peek() != JsonToken.NULL) return false;
		in.nextNull();
		return true;
	}

	/**
	 * Passes over any value; Gson's own way would need as much memory as a hostile file has brackets.
	 */
	public void skip() throws IOException {
		int depth = 0;
		do {
			switch (in.peek()) {
				case BEGIN_OBJECT -> {
					in.beginObject();
					depth++;
				}
				case BEGIN_ARRAY -> {
					in.beginArray();
					depth++;
				}
				case END_OBJECT -> {
					in.endObject();
					depth--;
				}
				case END_ARRAY -> {
					in.endArray();
					depth--;
				}
				case NAME -> in.nextName();
				case NULL -> in.nextNull();
				case BOOLEAN -> in.nextBoolean();
				default -> in.nextString();
			}
			if (depth > MAX_DEPTH)
				throw Refusal.damaged(file, part + " is nested deeper than " + MAX_DEPTH + " levels");
		}
		while (depth > 0);
	}

	private void expect(final JsonToken token, final String words) throws IOException {
		if (in.peek() != token) throw Refusal.damaged(file,
			part + " should hold " + words + " at " + Excerpt.of(in.getPath()));
	}
}
