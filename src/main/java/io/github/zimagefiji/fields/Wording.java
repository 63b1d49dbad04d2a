
package io.github.zimagefiji.fields;

/**
 * How sentences about the fields of one text speak of the text and of its fields; {@code {}} stands
 * for a field's path.
 *
 * @param begin what sentences about values begin with, such as {@code "In FILE, "}
 * @param field how a field is named, such as {@code "\"{}\""}
 * @param missing the sentence about one that is not there
 * @param nullsAreThere whether null is a value; otherwise it is the same as no field at all
 * @param end what sentences about values end with, such as {@code " Download FILE again."}
 */
public record Wording(String begin, String field, String missing, boolean nullsAreThere,
		String end)
{

	/** For texts whose lines are known, which are named instead of paths. */
	static final Wording LINES = new Wording("", "\"{}\"", "The key \"{}\" is missing.", true, "");

	/** For sentences that end with what is wrong. */
	public Wording(final String begin, final String field, final String missing,
		final boolean nullsAreThere)
	{
		this(begin, field, missing, nullsAreThere, "");
	}

	String field(final String path) {
		return field.replace("{}", Excerpt.of(path));
	}

	String missing(final String path) {
		return missing.replace("{}", path);
	}
}
