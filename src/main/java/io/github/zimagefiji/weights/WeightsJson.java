
package io.github.zimagefiji.weights;

import java.nio.file.Path;
import java.util.function.BiConsumer;

import com.google.gson.JsonObject;

import io.github.zimagefiji.fields.Fields;
import io.github.zimagefiji.fields.Json;
import io.github.zimagefiji.fields.MalformedTextException;
import io.github.zimagefiji.fields.Wording;

/** Objects of JSON in and beside files of weights, which may be large. */
public final class WeightsJson {

	/** Those of the largest header, 100 MB, with short names. */
	private static final int MOST_VALUES = 8_000_000;

	private WeightsJson() {
		// only read()
	}

	/**
	 * Reads an object, member by member.
	 *
	 * @param file for messages
	 * @param part what of the file this is, for messages, such as "its header"
	 * @param utf8 the text
	 * @param member gets each name and its value, the only field of that name
	 * @throws io.github.zimagefiji.error.InvalidInputException if it is no object, or a name stands
	 *           there twice
	 */
	public static void read(final Path file, final String part, final byte[] utf8,
		final BiConsumer<String, Fields> member)
	{
		final Wording words = new Wording(file + " is damaged or incomplete: in " + part + ", ",
			"\"{}\"", "\"{}\" is missing", true, " Download that file again.");
		try {
			Json.members(utf8, MOST_VALUES, (name, value) -> {
				final JsonObject one = new JsonObject();
				one.add(name, value);
				member.accept(name, Fields.of(one, words));
			});
		}
		catch (final MalformedTextException e) {
			throw Refusal.damaged(file, part + " is not valid JSON: " + e.reason(), e);
		}
	}
}
