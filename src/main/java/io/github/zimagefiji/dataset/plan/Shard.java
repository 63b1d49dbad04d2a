
package io.github.zimagefiji.dataset.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.zimagefiji.error.InvalidInputException;

/**
 * One of several equal parts of a dataset's items: those whose index leaves a remainder.
 *
 * @param part from 0
 * @param parts how many there are
 */
public record Shard(int part, int parts) {

	/** Everything. */
	public static final Shard ALL = new Shard(0, 1);

	private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

	/** @throws InvalidInputException if there is no such part */
	public Shard {
		if (parts < 1 || part < 0 || part >= parts) throw new InvalidInputException(
			"There is no shard " + (part + 1) + " of " + parts + ". Shards count from 1/N to N/N.");
	}

	/**
	 * Reads {@code i/n}, where i counts from 1.
	 *
	 * @throws InvalidInputException if it is not that
	 */
	public static Shard parse(final String text) {
		final Matcher form = FORM.matcher(text);
		if (!form.matches()) throw new InvalidInputException(
			"The shard \"" + text + "\" is not known. Use i/n, such as 1/4 for the first of four.");
		return new Shard(Integer.parseInt(form.group(1)) - 1, Integer.parseInt(form.group(2)));
	}

	/** Whether an item belongs to this part. */
	public boolean has(final int index) {
		return index % parts == part;
	}
}
