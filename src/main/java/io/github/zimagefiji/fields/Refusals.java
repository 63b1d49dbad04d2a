
package io.github.zimagefiji.fields;

import java.util.Collection;
import java.util.TreeSet;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * Words what is wrong with the fields of one section.
 *
 * @param object the section
 * @param what it is, such as {@code "control"} in quotation marks; only where lines are known
 * @param path of it, which ends with a dot; empty for the whole text
 * @param words how sentences speak of the text
 * @param lines null for JSON
 */
record Refusals(JsonObject object, String what, String path, Wording words, Lines lines) {

	/** Where lines are known, no path is needed. */
	private String field(final String name) {
		return lines == null ? words.field(path + name) : words.field(name);
	}

	InvalidInputException missing(final String name) {
		return lines == null ? new InvalidInputException(words.missing(path + name))
			: refusal(name, words.missing(name));
	}

	InvalidInputException unknown(final String name, final Collection<String> known) {
		final String named = lines == null ? field(name) + " is not known"
			: "The key \"" + Excerpt.of(name) + "\" is not known in " + what;
		return refusal(name, named + "." + NearestWord.question(name, known) + " Known are: " +
			String.join(", ", lines == null ? known : new TreeSet<>(known)) + ".");
	}

	/** A value that is of the right kind, and still cannot be used. */
	InvalidInputException problem(final String name, final String clause) {
		final JsonElement value = object.get(name);
		return refusal(name,
			field(name) + (isShown(value) ? " is " + Excerpt.of(value) + "; it " : " ") + clause + ".");
	}

	/** A value of another kind. */
	InvalidInputException kind(final String name, final String wanted) {
		return refusal(name, field(name) + mustBe(object.get(name), wanted));
	}

	/** An entry of a list of another kind. */
	InvalidInputException entry(final String name, final JsonElement entry, final String wanted) {
		final String sentence = "An entry of " + field(name) + mustBe(entry, wanted);
		return lines == null ? refusal(name, sentence)
			: new InvalidInputException("Line " + lines.of(entry) + ": " + sentence);
	}

	private String mustBe(final JsonElement value, final String wanted) {
		return " must be " + wanted + (isShown(value) ? ", not " + Excerpt.of(value) : "") + ".";
	}

	/** Values of YAML may hold others many times. */
	private boolean isShown(final JsonElement value) {
		return value != null && (lines == null || value.isJsonPrimitive()) &&
			value != JsonNull.INSTANCE;
	}

	/** A whole sentence, with the text or the line of a field before it. */
	InvalidInputException refusal(final String name, final String sentence) {
		return new InvalidInputException(
			(lines == null ? words.begin() : "Line " + lines.of(object, name) + ": ") + sentence +
				words.end());
	}
}
